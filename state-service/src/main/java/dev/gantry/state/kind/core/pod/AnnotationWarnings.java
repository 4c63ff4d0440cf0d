package dev.gantry.state.kind.core.pod;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Annotations of pods that fields have taken the place of. */
final class AnnotationWarnings {
    private static final String SECCOMP = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_CONTAINER =
            "container.seccomp.security.alpha.kubernetes.io/";
    private static final Map<String, String> REPLACED = replaced();

    private AnnotationWarnings() {}

    private static Map<String, String> replaced() {
        String sysctls = "non-functional in v1.11+; use the \"sysctls\" field instead";
        Map<String, String> found = new LinkedHashMap<>();
        found.put(
                "scheduler.alpha.kubernetes.io/critical-pod",
                "non-functional in v1.16+; use the \"priorityClassName\" field instead");
        found.put("security.alpha.kubernetes.io/sysctls", sysctls);
        found.put("security.alpha.kubernetes.io/unsafe-sysctls", sysctls);
        return found;
    }

    static void replaced(JsonNode pod, String prefix, List<String> found) {
        JsonNode annotations = pod.path("metadata").path("annotations");
        REPLACED.forEach(
                (name, why) -> {
                    if (annotations.has(name)) {
                        found.add(at(prefix, name) + why);
                    }
                });
    }

    /**
     * Those that say how a pod or one of its containers is confined; of a pod itself its AppArmor
     * annotations have been told of already.
     */
    static void profiles(JsonNode pod, String prefix, List<String> found) {
        JsonNode annotations = pod.path("metadata").path("annotations");
        if (annotations.has(SECCOMP)) {
            found.add(seccomp(prefix, SECCOMP));
        }
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            for (JsonNode container : pod.path("spec").path(list)) {
                String name = container.path("name").asString("");
                if (annotations.has(SECCOMP_CONTAINER + name)) {
                    found.add(seccomp(prefix, SECCOMP_CONTAINER + name));
                }
                boolean isTemplate = !prefix.isEmpty();
                if (isTemplate && annotations.has(AppArmorAnnotations.OF_CONTAINER + name)) {
                    found.add(AppArmorAnnotations.warning(prefix, name));
                }
            }
        }
    }

    private static String seccomp(String prefix, String name) {
        return at(prefix, name)
                + "non-functional in v1.27+; use the \"seccompProfile\" field instead";
    }

    private static String at(String prefix, String name) {
        return prefix + "metadata.annotations[" + name + "]: ";
    }
}
