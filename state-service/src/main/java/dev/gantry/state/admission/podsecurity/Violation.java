package dev.gantry.state.admission.podsecurity;

import java.util.List;

/**
 * Something that a standard forbids.
 *
 * @param reason in short, the same for all pods
 * @param detail where in this pod
 */
public record Violation(String reason, String detail) {
    /** {@code host namespaces (hostNetwork=true), privileged (…)} */
    public static String details(List<Violation> violations) {
        return String.join(
                ", ",
                violations.stream().map(each -> each.reason + " (" + each.detail + ")").toList());
    }

    public static String reasons(List<Violation> violations) {
        return String.join(", ", violations.stream().map(Violation::reason).toList());
    }
}
