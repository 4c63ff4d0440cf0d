package dev.gantry.state.admission.plugin;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What containers get that do not say what they need, and the annotation that tells of it. */
final class LimitDefaults {
    private static final String ANNOTATION = "kubernetes.io/limit-ranger";

    private LimitDefaults() {}

    static void apply(Resource range, Resource pod) {
        TreeMap<String, JsonNode> requests = new TreeMap<>();
        TreeMap<String, JsonNode> limits = new TreeMap<>();
        for (JsonNode limit : range.spec().path("limits")) {
            if (Resource.text(limit, "type").equals("Container")) {
                limit.path("defaultRequest")
                        .properties()
                        .forEach(each -> requests.put(each.getKey(), each.getValue()));
                limit.path("default")
                        .properties()
                        .forEach(each -> limits.put(each.getKey(), each.getValue()));
            }
        }
        List<String> notes = new ArrayList<>();
        for (JsonNode each : pod.spec().path("containers")) {
            complete((ObjectNode) each, "container", requests, "requests", notes);
            complete((ObjectNode) each, "container", limits, "limits", notes);
        }
        for (JsonNode each : pod.spec().path("initContainers")) {
            complete((ObjectNode) each, "init container", requests, "requests", notes);
            complete((ObjectNode) each, "init container", limits, "limits", notes);
        }
        if (!notes.isEmpty()) {
            Resource.child(pod.mutableMetadata(), "annotations")
                    .put(ANNOTATION, "LimitRanger plugin set: " + String.join("; ", notes));
        }
    }

    private static void complete(
            ObjectNode container,
            String what,
            TreeMap<String, JsonNode> defaults,
            String side,
            List<String> notes) {
        List<String> set = new ArrayList<>();
        defaults.forEach(
                (name, amount) -> {
                    if (!container.path("resources").path(side).has(name)) {
                        ObjectNode resources = Resource.child(container, "resources");
                        Resource.child(resources, side).set(name, amount.deepCopy());
                        set.add(name);
                    }
                });
        if (!set.isEmpty()) {
            notes.add(
                    "%s %s for %s %s"
                            .formatted(
                                    String.join(", ", set),
                                    side.substring(0, side.length() - 1),
                                    what,
                                    Resource.text(container, "name")));
        }
    }
}
