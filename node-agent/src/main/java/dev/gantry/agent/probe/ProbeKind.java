package dev.gantry.agent.probe;

/** What a probe decides about. */
public enum ProbeKind {
    STARTUP("startupProbe", "Startup"),
    LIVENESS("livenessProbe", "Liveness"),
    READINESS("readinessProbe", "Readiness");

    private final String field;
    private final String title;

    ProbeKind(String field, String title) {
        this.field = field;
        this.title = title;
    }

    /** Its field in a container. */
    public String field() {
        return field;
    }

    /** As events name it. */
    public String title() {
        return title;
    }
}
