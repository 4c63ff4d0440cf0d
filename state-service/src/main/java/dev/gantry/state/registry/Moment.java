package dev.gantry.state.registry;

import java.time.Instant;

/**
 * What a decision needs of the world: when it is, who asks, and fresh identity.
 *
 * @param uid for an object that is created
 * @param suffix five random characters for a generated name
 */
public record Moment(Instant now, String actor, String uid, String suffix) {}
