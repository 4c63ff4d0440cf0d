package dev.gantry.state.log;

/**
 * How long a revision of a resource is kept, and how surely.
 *
 * <p>All three are numbered from one counter, and read and watched alike.
 */
public enum Durability {
    /** In the log and among the live objects, in one transaction. */
    LOGGED,

    /** In a log of its own that is kept for days. Durable before it is acknowledged. */
    EVENTS,

    /**
     * In memory first and written behind, not durably: what is lost in a crash is renewed within
     * seconds by whoever holds the lease. Never in the log, never on the change feed.
     */
    MEMORY_FIRST;
}
