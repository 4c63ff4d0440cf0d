package dev.gantry.state.definition;

import dev.gantry.state.log.Durability;

/**
 * How objects of a resource are stored.
 *
 * @param isConfidential whether its values stay out of the feed, the history and readable columns
 */
public record Storage(Durability durability, boolean isConfidential) {
    public static final Storage LOGGED = new Storage(Durability.LOGGED, false);
    public static final Storage CONFIDENTIAL = new Storage(Durability.LOGGED, true);
    public static final Storage EVENTS = new Storage(Durability.EVENTS, false);
    public static final Storage MEMORY_FIRST = new Storage(Durability.MEMORY_FIRST, false);
}
