package dev.gantry.gateway.health;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The outcome of the checks behind {@code /healthz}, {@code /livez} or {@code /readyz}.
 *
 * <p>Compat: the texts of {@code k8s.io/apiserver/pkg/server/healthz}.
 *
 * @param probe {@code readyz}, say
 */
public record HealthReport(String probe, List<Outcome> outcomes) {
    /** One check; what went wrong is for the log, not for anonymous readers. */
    public record Outcome(String check, boolean isWell) {}

    public HealthReport {
        outcomes = List.copyOf(outcomes);
    }

    public boolean isWell() {
        return outcomes.stream().allMatch(Outcome::isWell);
    }

    public HealthReport without(Set<String> excluded) {
        return new HealthReport(
                probe, outcomes.stream().filter(each -> !excluded.contains(each.check)).toList());
    }

    /** Empty where there is no such check. */
    public Optional<HealthReport> only(String check) {
        List<Outcome> found = outcomes.stream().filter(each -> each.check.equals(check)).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(new HealthReport(probe, found));
    }

    /** {@code ok} where all is well and nobody asked for more. */
    public String text(boolean verbose) {
        if (isWell() && !verbose) {
            return "ok";
        }
        StringBuilder lines = new StringBuilder();
        for (Outcome each : outcomes) {
            lines.append(each.isWell ? "[+]" : "[-]").append(each.check);
            lines.append(each.isWell ? " ok\n" : " failed: reason withheld\n");
        }
        return lines.append(probe)
                .append(isWell() ? " check passed\n" : " check failed\n")
                .toString();
    }
}
