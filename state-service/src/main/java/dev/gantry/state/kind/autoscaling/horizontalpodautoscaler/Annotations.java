package dev.gantry.state.kind.autoscaling.horizontalpodautoscaler;

import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * In which version 1 keeps what it has no fields for. Compat: {@code
 * pkg/apis/autoscaling/annotations.go}.
 */
final class Annotations {
    static final String METRICS = "autoscaling.alpha.kubernetes.io/metrics";
    static final String CURRENT = "autoscaling.alpha.kubernetes.io/current-metrics";
    static final String CONDITIONS = "autoscaling.alpha.kubernetes.io/conditions";
    static final String BEHAVIOR = "autoscaling.alpha.kubernetes.io/behavior";

    private static final List<String> ALL = List.of(METRICS, CURRENT, CONDITIONS, BEHAVIOR);

    private Annotations() {}

    /** What is stored never has them. */
    static void drop(ObjectNode object) {
        if (object.path("metadata").path("annotations") instanceof ObjectNode annotations
                && ALL.stream().anyMatch(annotations::has)) {
            annotations.remove(ALL);
            if (annotations.isEmpty()) {
                Resource.child(object, "metadata").remove("annotations");
            }
        }
    }

    /** Empty where it is absent, or no JSON. */
    static Optional<JsonNode> read(ObjectNode object, String name) {
        JsonNode text = object.path("metadata").path("annotations").path(name);
        if (!text.isString()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JsonMapper.shared().readTree(text.stringValue()));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    static void write(ObjectNode object, String name, JsonNode value) {
        Resource.child(Resource.child(object, "metadata"), "annotations")
                .put(name, value.toString());
    }
}
