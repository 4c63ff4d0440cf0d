package dev.gantry.state.admission.plugin;

import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The shadows of pods that a node runs on its own: through them it must not get at objects that it
 * could not read otherwise.
 */
final class MirrorPods {
    private static final Map<String, String> BY_VOLUME =
            Map.of(
                    "secret", "secrets",
                    "configMap", "configmaps",
                    "persistentVolumeClaim", "persistentvolumeclaims");

    private MirrorPods() {}

    /** What the pod refers to that it may not; empty where it is harmless. */
    static Optional<String> referenceOf(JsonNode spec) {
        if (!Resource.text(spec, "serviceAccountName").isEmpty()) {
            return Optional.of("a service account");
        }
        if (!spec.path("imagePullSecrets").isEmpty()) {
            return Optional.of("secrets");
        }
        for (JsonNode volume : spec.path("volumes")) {
            Optional<String> found = inSource(volume);
            if (found.isPresent()) {
                return found;
            }
            for (JsonNode source : volume.path("projected").path("sources")) {
                found = inSource(source);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return inContainers(spec);
    }

    private static Optional<String> inSource(JsonNode source) {
        for (String name : List.of("secret", "configMap", "persistentVolumeClaim")) {
            if (source.hasNonNull(name)) {
                return Optional.ofNullable(BY_VOLUME.get(name));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> inContainers(JsonNode spec) {
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            for (JsonNode container : spec.path(list)) {
                for (JsonNode source : container.path("envFrom")) {
                    if (source.hasNonNull("secretRef") || source.hasNonNull("configMapRef")) {
                        return Optional.of(
                                source.hasNonNull("secretRef") ? "secrets" : "configmaps");
                    }
                }
                for (JsonNode variable : container.path("env")) {
                    JsonNode from = variable.path("valueFrom");
                    if (from.hasNonNull("secretKeyRef") || from.hasNonNull("configMapKeyRef")) {
                        return Optional.of(
                                from.hasNonNull("secretKeyRef") ? "secrets" : "configmaps");
                    }
                }
            }
        }
        return Optional.empty();
    }
}
