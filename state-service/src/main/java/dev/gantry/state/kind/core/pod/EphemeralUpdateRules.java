package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.kind.core.pod.container.InitRestartRules;
import dev.gantry.state.kind.core.pod.spec.PodAnnotationRules;
import dev.gantry.state.kind.core.pod.spec.PodRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;
import dev.gantry.state.validation.Sameness;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ephemeral containers are only added. Compat: {@code ValidatePodEphemeralContainersUpdate}. */
final class EphemeralUpdateRules {
    private EphemeralUpdateRules() {}

    static void check(Field pod, ObjectNode stored) {
        if (PodAnnotationRules.isMirror(stored)) {
            pod.forbidden("static pods do not support ephemeral containers");
            return;
        }
        PodRules.check(pod);
        InitRestartRules.unlessStored(pod.errors(), stored.path("spec"));
        PodAnnotationRules.checkUpdate(
                pod.child("metadata", "annotations"), stored.path("metadata").path("annotations"));
        Field containers = pod.child("spec", "ephemeralContainers");
        Map<String, JsonNode> wanted = new TreeMap<>();
        containers.items().forEach(each -> wanted.put(each.text("name"), each.value()));
        for (JsonNode old : stored.path("spec").path("ephemeralContainers")) {
            String name = Resource.text(old, "name");
            JsonNode now = wanted.get(name);
            if (now == null) {
                containers.forbidden(
                        "existing ephemeral containers %s may not be removed\n"
                                .formatted(GoText.quote(name)));
            } else if (!Sameness.same(old, now)) {
                containers.forbidden(
                        "existing ephemeral containers %s may not be changed\n%s"
                                .formatted(GoText.quote(name), SpecDifference.of(old, now)));
            }
        }
    }
}
