package dev.gantry.state.registry;

/** Which part of an object an update is about: the object itself or one of its subresources. */
public enum Part {
    WHOLE(""),
    STATUS("status"),
    SCALE("scale"),
    BINDING("binding"),
    FINALIZE("finalize"),
    EPHEMERAL_CONTAINERS("ephemeralcontainers"),
    RESIZE("resize");

    private final String subresource;

    Part(String subresource) {
        this.subresource = subresource;
    }

    public String subresource() {
        return subresource;
    }
}
