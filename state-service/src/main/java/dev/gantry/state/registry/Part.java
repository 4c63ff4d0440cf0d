package dev.gantry.state.registry;

/** Which part of an object an update may change. */
public enum Part {
    /** All but the status. */
    WHOLE,
    STATUS,
    /** {@code spec.finalizers} of a namespace. */
    FINALIZERS,
    /** What the subresource has set already: its own rules were checked where it was read. */
    AS_GIVEN
}
