package dev.gantry.state.strategy;

/** How the objects of a kind go when they are deleted and no finalizer keeps them. */
public enum Deletion {
    /** At once. */
    IMMEDIATE,

    /** They are marked, and go when they have ended or their grace period is over. */
    GRACEFUL,

    /** They are marked, and go when all that is in them is gone: {@code spec.finalizers} says. */
    ONCE_EMPTY,

    /** They are marked first, whatever else keeps them; once marked, they go at once. */
    MARKED_FIRST
}
