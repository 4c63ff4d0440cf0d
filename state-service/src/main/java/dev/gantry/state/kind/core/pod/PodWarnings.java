package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.validation.GoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What is allowed in a pod but hardly meant. Compat: {@code pkg/api/pod/warnings.go}, in its order.
 */
public final class PodWarnings {
    private static final String NO_SELECTOR =
            ".labelSelector: a null labelSelector results in matching no pod";
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    /** A pod or a template, where it is, and what was found so far. */
    private record Look(JsonNode pod, String prefix, List<String> found) {
        JsonNode spec() {
            return pod.path("spec");
        }

        String path() {
            return prefix + "spec";
        }
    }

    private PodWarnings() {}

    public static List<String> ofPod(JsonNode pod) {
        List<String> found = AppArmorAnnotations.warnings(pod);
        found.addAll(of(pod, ""));
        return found;
    }

    /**
     * @param path of the template, such as {@code spec.template}
     */
    public static List<String> ofTemplate(JsonNode template, String path) {
        return of(template, path + ".");
    }

    private static List<String> of(JsonNode pod, String prefix) {
        Look look = new Look(pod, prefix, new ArrayList<>());
        String path = look.path();
        look.found.addAll(NodeLabelWarnings.ofPod(look.spec(), path));
        spread(look);
        AnnotationWarnings.replaced(pod, prefix, look.found);
        look.found.addAll(VolumeWarnings.of(look.spec().path("volumes"), path + ".volumes"));
        hostAliases(look);
        pullSecrets(look);
        JsonNode overhead = look.spec().path("overhead");
        look.found.addAll(FractionalBytes.of(overhead, "memory", path + ".overhead"));
        look.found.addAll(FractionalBytes.of(overhead, "ephemeral-storage", path + ".overhead"));
        AnnotationWarnings.profiles(pod, prefix, look.found);
        containers(look);
        look.found.addAll(PortWarnings.of(look.spec(), path));
        if (look.spec().path("terminationGracePeriodSeconds").asLong(0) < 0) {
            look.found.add(
                    path
                            + ".terminationGracePeriodSeconds: must be >= 0; negative values are"
                            + " invalid and will be treated as 1");
        }
        for (String each : List.of("podAffinity", "podAntiAffinity")) {
            affinity(look.spec().path("affinity").path(each), path + ".affinity." + each, look);
        }
        return look.found;
    }

    private static void spread(Look look) {
        int index = 0;
        for (JsonNode each : look.spec().path("topologySpreadConstraints")) {
            String at = look.path() + ".topologySpreadConstraints[" + index++ + "]";
            String key = Resource.text(each, "topologyKey");
            look.found.addAll(NodeLabelWarnings.ofKey(key, at + ".topologyKey"));
            if (!each.hasNonNull("labelSelector")) {
                look.found.add(at + NO_SELECTOR);
            }
        }
    }

    private static void hostAliases(Look look) {
        Set<String> seen = new TreeSet<>();
        int index = 0;
        for (JsonNode alias : look.spec().path("hostAliases")) {
            String ip = Resource.text(alias, "ip");
            String at = look.path() + ".hostAliases[" + index++ + "].ip: ";
            if (!seen.add(ip)) {
                look.found.add(at + "duplicate ip " + GoText.quote(ip));
            }
        }
    }

    private static void pullSecrets(Look look) {
        List<String> names = new ArrayList<>();
        look.spec()
                .path("imagePullSecrets")
                .forEach(each -> names.add(Resource.text(each, "name")));
        for (int i = 0; i < names.size(); i++) {
            if (names.indexOf(names.get(i)) < i) {
                look.found.add(pullSecret(look, i, "duplicate name " + GoText.quote(names.get(i))));
            }
        }
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isEmpty()) {
                look.found.add(pullSecret(look, i, "invalid empty name \"\""));
            }
        }
    }

    private static String pullSecret(Look look, int index, String why) {
        return "%s.imagePullSecrets[%d].name: %s".formatted(look.path(), index, why);
    }

    private static void containers(Look look) {
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            int index = 0;
            for (JsonNode container : look.spec().path(list)) {
                String at = look.path() + "." + list + "[" + index++ + "]";
                JsonNode resources = container.path("resources");
                look.found.addAll(FractionalBytes.ofContainer(resources, at + ".resources"));
                variables(container, at, look.found);
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

    private static void affinity(JsonNode affinity, String path, Look look) {
        int index = 0;
        for (JsonNode term : affinity.path(REQUIRED)) {
            String at = "%s.%s[%d]".formatted(path, REQUIRED, index++);
            withoutSelector(term, at, look);
        }
        index = 0;
        for (JsonNode weighted : affinity.path(PREFERRED)) {
            String at = "%s.%s[%d].podAffinityTerm".formatted(path, PREFERRED, index++);
            withoutSelector(weighted.path("podAffinityTerm"), at, look);
        }
    }

    private static void withoutSelector(JsonNode term, String path, Look look) {
        if (!term.hasNonNull("labelSelector")) {
            look.found.add(path + NO_SELECTOR);
        }
    }
}
