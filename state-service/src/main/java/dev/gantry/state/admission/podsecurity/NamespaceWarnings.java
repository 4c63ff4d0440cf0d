package dev.gantry.state.admission.podsecurity;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which pods of a namespace a stricter standard would not let in. They stay.
 *
 * <p>Compat: {@code EvaluatePodsInNamespace}, without its limit of a second: pods are in memory.
 */
public final class NamespaceWarnings {
    private static final int MOST = 3000;

    private NamespaceWarnings() {}

    public static List<String> of(String namespace, Standard enforce, List<Resource> pods) {
        List<Resource> checked = pods.subList(0, Math.min(MOST, pods.size()));
        SortedMap<String, List<String>> violators = new TreeMap<>();
        for (Resource each : checked) {
            List<Violation> violations = Checks.violations(enforce, PodParts.of(each.tree()));
            if (!violations.isEmpty()) {
                violators
                        .computeIfAbsent(Violation.reasons(violations), _ -> new ArrayList<>())
                        .add(each.name());
            }
        }
        List<String> warnings = new ArrayList<>();
        if (checked.size() < pods.size()) {
            warnings.add(
                    "new PodSecurity enforce level only checked against the first %d of %d existing pods"
                            .formatted(checked.size(), pods.size()));
        }
        if (!violators.isEmpty()) {
            warnings.add(
                    "existing pods in namespace \"%s\" violate the new PodSecurity enforce level \"%s\""
                            .formatted(namespace, enforce));
        }
        List<String> byPods = new ArrayList<>();
        violators.forEach((why, names) -> byPods.add(named(names) + ": " + why));
        byPods.sort(null);
        warnings.addAll(byPods);
        return warnings;
    }

    /** The first by name, and how many more. */
    private static String named(List<String> names) {
        String first = names.stream().sorted().findFirst().orElseThrow();
        return switch (names.size()) {
            case 1 -> first;
            case 2 -> first + " (and 1 other pod)";
            default -> "%s (and %d other pods)".formatted(first, names.size() - 1);
        };
    }
}
