package dev.gantry.state.quota;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Where a quota limits processors or memory, each container has to say how much it takes.
 *
 * <p>Compat: {@code podEvaluator.Constraints}.
 */
final class PodConstraints {
    private static final Set<String> SAID =
            Set.of(
                    "cpu",
                    "memory",
                    "requests.cpu",
                    "requests.memory",
                    "limits.cpu",
                    "limits.memory");

    private PodConstraints() {}

    /** Example: {@code must specify limits.cpu for: main; memory for: main,other}. */
    static Optional<String> unsaid(Set<String> limits, JsonNode spec) {
        List<String> parts = new ArrayList<>();
        for (String name : limits) {
            if (SAID.contains(name) && !says(spec, name)) {
                Set<String> silent = new TreeSet<>();
                for (String list : List.of("containers", "initContainers")) {
                    for (JsonNode container : spec.path(list)) {
                        if (!says(container, name)) {
                            silent.add(Resource.text(container, "name"));
                        }
                    }
                }
                if (!silent.isEmpty()) {
                    parts.add(name + " for: " + String.join(",", silent));
                }
            }
        }
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of("must specify " + String.join("; ", parts));
    }

    /** A plain name means what is requested. */
    private static boolean says(JsonNode holder, String name) {
        int dot = name.indexOf('.');
        String side = dot < 0 ? "requests" : name.substring(0, dot);
        return holder.path("resources").path(side).has(name.substring(dot + 1));
    }
}
