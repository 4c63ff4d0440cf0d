package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What is allowed in a pod's spec but hardly meant. Compat: {@code pkg/api/pod/warnings.go}. */
public final class PodWarnings {
    private static final Map<String, String> OLD_LABELS =
            new TreeMap<>(
                    Map.of(
                            "beta.kubernetes.io/arch",
                            "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
                            "beta.kubernetes.io/os",
                            "deprecated since v1.14; use \"kubernetes.io/os\" instead",
                            "failure-domain.beta.kubernetes.io/region",
                            "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
                            "failure-domain.beta.kubernetes.io/zone",
                            "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
                            "beta.kubernetes.io/instance-type",
                            "deprecated since v1.17; use \"node.kubernetes.io/instance-type\""
                                    + " instead"));

    private PodWarnings() {}

    public static List<String> of(JsonNode spec, String path) {
        List<String> found = new ArrayList<>();
        OLD_LABELS.forEach(
                (label, why) -> {
                    if (spec.path("nodeSelector").has(label)) {
                        found.add(path + ".nodeSelector[" + label + "]: " + why);
                    }
                });
        int index = 0;
        for (JsonNode alias : spec.path("hostAliases")) {
            duplicates(alias.path("hostnames"), path + ".hostAliases[" + index++ + "]", found);
        }
        for (String list : List.of("initContainers", "containers")) {
            index = 0;
            for (JsonNode container : spec.path(list)) {
                variables(container, path + "." + list + "[" + index++ + "]", found);
            }
        }
        if (spec.path("terminationGracePeriodSeconds").asLong(0) < 0) {
            found.add(
                    path
                            + ".terminationGracePeriodSeconds: must be >= 0; negative values are"
                            + " invalid and will be treated as 1");
        }
        return found;
    }

    private static void duplicates(JsonNode names, String path, List<String> found) {
        Set<String> seen = new TreeSet<>();
        for (JsonNode name : names) {
            if (!seen.add(name.asString(""))) {
                found.add(path + ".hostnames: duplicate hostname \"" + name.asString("") + "\"");
            }
        }
    }

    private static void variables(JsonNode container, String path, List<String> found) {
        Map<String, Integer> seen = new TreeMap<>();
        int index = 0;
        for (JsonNode variable : container.path("env")) {
            String name = Resource.text(variable, "name");
            if (seen.containsKey(name)) {
                found.add(
                        "%s.env[%d]: hides previous definition of \"%s\", which may be dropped when"
                                        .formatted(path, index, name)
                                + " using apply");
            }
            seen.put(name, index++);
        }
    }
}
