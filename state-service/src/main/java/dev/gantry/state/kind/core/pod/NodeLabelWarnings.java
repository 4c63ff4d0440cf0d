package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Labels of nodes that have other names by now, where something is chosen by them. */
public final class NodeLabelWarnings {
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

    private NodeLabelWarnings() {}

    static List<String> ofPod(JsonNode spec, String path) {
        List<String> found = new ArrayList<>();
        OLD_LABELS.forEach(
                (label, why) -> {
                    if (spec.path("nodeSelector").has(label)) {
                        found.add(path + ".nodeSelector[" + label + "]: " + why);
                    }
                });
        JsonNode affinity = spec.path("affinity").path("nodeAffinity");
        String at = path + ".affinity.nodeAffinity.";
        String required = "requiredDuringSchedulingIgnoredDuringExecution";
        found.addAll(ofSelector(affinity.path(required), at + required));
        String preferred = "preferredDuringSchedulingIgnoredDuringExecution";
        int index = 0;
        for (JsonNode each : affinity.path(preferred)) {
            String where = at + preferred + "[" + index++ + "].preference";
            found.addAll(ofTerm(each.path("preference"), where));
        }
        return found;
    }

    /** Of a {@code NodeSelector}; none where it is absent. */
    public static List<String> ofSelector(JsonNode selector, String path) {
        List<String> found = new ArrayList<>();
        int index = 0;
        for (JsonNode term : selector.path("nodeSelectorTerms")) {
            found.addAll(ofTerm(term, path + ".nodeSelectorTerms[" + index++ + "]"));
        }
        return found;
    }

    private static List<String> ofTerm(JsonNode term, String path) {
        List<String> found = new ArrayList<>();
        int index = 0;
        for (JsonNode expression : term.path("matchExpressions")) {
            String where = path + ".matchExpressions[" + index++ + "].key";
            found.addAll(ofKey(Resource.text(expression, "key"), where));
        }
        return found;
    }

    /** Of a key as such, at {@code path}. */
    static List<String> ofKey(String key, String path) {
        String why = OLD_LABELS.get(key);
        return why == null ? List.of() : List.of(path + ": " + key + " is " + why);
    }
}
