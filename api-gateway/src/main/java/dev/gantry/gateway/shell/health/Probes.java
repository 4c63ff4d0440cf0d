package dev.gantry.gateway.shell.health;

import dev.gantry.gateway.health.HealthReport;
import dev.gantry.gateway.health.HealthReport.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Runs the checks that a probe asks for. */
public final class Probes {
    private static final String PING = "ping";

    private final Map<String, BooleanSupplier> readiness;

    /** {@code readiness} in the order in which the checks are listed. */
    public Probes(Map<String, BooleanSupplier> readiness) {
        this.readiness = readiness;
    }

    /**
     * Empty where the path is no probe or names no check. Liveness asks for nothing but an answer:
     * a gateway that waits for another part is not helped by being killed.
     */
    public Optional<HealthReport> report(String path, Set<String> excluded) {
        String[] parts = path.substring(1).split("/", 2);
        Map<String, BooleanSupplier> checks =
                switch (parts[0]) {
                    case "livez" -> Map.of();
                    case "healthz", "readyz" -> readiness;
                    default -> null;
                };
        if (checks == null) {
            return Optional.empty();
        }
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(new Outcome(PING, true));
        checks.forEach((name, check) -> outcomes.add(new Outcome(name, isWell(check))));
        HealthReport report = new HealthReport(parts[0], outcomes);
        return parts.length == 1 || parts[1].isEmpty()
                ? Optional.of(report.without(excluded))
                : report.only(parts[1]);
    }

    /** All that are answered. */
    public List<String> paths() {
        List<String> paths = new ArrayList<>(List.of("/livez", "/livez/" + PING));
        for (String probe : List.of("/healthz", "/readyz")) {
            paths.add(probe);
            paths.add(probe + "/" + PING);
            readiness.keySet().forEach(check -> paths.add(probe + "/" + check));
        }
        return paths;
    }

    private static boolean isWell(BooleanSupplier check) {
        try {
            return check.getAsBoolean();
        } catch (RuntimeException fault) {
            return false;
        }
    }
}
