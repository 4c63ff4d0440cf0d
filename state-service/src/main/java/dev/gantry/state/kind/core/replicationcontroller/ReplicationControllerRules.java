package dev.gantry.state.kind.core.replicationcontroller;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.kind.core.pod.spec.PodTemplateRules;
import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code ValidateReplicationControllerSpec}. */
final class ReplicationControllerRules {
    private ReplicationControllerRules() {}

    static void check(Field spec) {
        spec.child("minReadySeconds").nonNegative();
        Field selector = spec.child("selector");
        if (selector.isEmpty()) {
            selector.required("");
        }
        spec.child("replicas").nonNegative();
        Field template = spec.child("template");
        if (template.isSet()) {
            template(template, selector);
        } else {
            template.required("");
        }
    }

    private static void template(Field template, Field selector) {
        if (!matches(selector.value(), template.value())) {
            Field labels = template.child("metadata", "labels");
            labels.invalidAs(
                    labels.isSet() ? labels.value().toString() : "null",
                    "`selector` does not match template `labels`");
        }
        PodTemplateRules.check(template);
        Field restart = template.child("spec", "restartPolicy");
        if (!restart.text().equals("Always")) {
            restart.notSupported(List.of("Always"));
        }
        Field deadline = template.child("spec", "activeDeadlineSeconds");
        if (deadline.isSet()) {
            deadline.forbidden("activeDeadlineSeconds in ReplicationController is not Supported");
        }
    }

    private static boolean matches(JsonNode selector, JsonNode template) {
        SortedMap<String, String> labels =
                template instanceof ObjectNode object
                        ? new Resource(object).labels()
                        : new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : selector.properties()) {
            if (!each.getValue().asString("").equals(labels.get(each.getKey()))) {
                return false;
            }
        }
        return true;
    }
}
