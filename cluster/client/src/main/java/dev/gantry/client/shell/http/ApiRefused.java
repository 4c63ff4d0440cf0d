package dev.gantry.client.shell.http;

import java.util.HashSet;
import java.util.Set;

/** The API answered with a refusal; {@code reason} is that of its Status, empty if it sent none. */
public final class ApiRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;
    private final HashSet<String> causes;

    /**
     * @param causes the reasons among the Status' details
     */
    public ApiRefused(int code, String reason, Set<String> causes, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.causes = new HashSet<>(causes);
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    public boolean isMissing() {
        return code == 404;
    }

    public boolean isConflict() {
        return code == 409;
    }

    /** Whether nothing can be made there any more: the same wish will always be refused. */
    public boolean isOfEndingNamespace() {
        return causes.contains("NamespaceTerminating");
    }
}
