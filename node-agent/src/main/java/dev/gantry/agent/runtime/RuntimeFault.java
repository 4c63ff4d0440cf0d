package dev.gantry.agent.runtime;

/** The runtime failed, or is away. */
public final class RuntimeFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final String said;

    /** What kind of failure, as far as it matters to what comes next. */
    public enum Kind {
        MISSING,
        DEADLINE,
        UNREACHABLE,
        UNIMPLEMENTED,
        OTHER
    }

    /**
     * @param what was asked of the runtime
     * @param said the runtime's own words
     */
    public RuntimeFault(Kind kind, String what, String said, Throwable cause) {
        super(what + ": " + said, cause);
        this.kind = kind;
        this.said = said;
    }

    public Kind kind() {
        return kind;
    }

    public String said() {
        return said;
    }
}
