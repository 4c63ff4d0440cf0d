package dev.gantry.monitoring.metrics;

import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The documents that say what is served. */
final class MetricsDiscovery {
    private static final String GROUP = "metrics.k8s.io";

    private MetricsDiscovery() {}

    static Optional<ObjectNode> page(String path) {
        return switch (path.replaceFirst("/$", "")) {
            case "/apis" -> Optional.of(groups());
            case "/apis/" + GROUP -> Optional.of(group(document("APIGroup")));
            case "/apis/" + Measured.API_VERSION -> Optional.of(resources());
            default -> Optional.empty();
        };
    }

    private static ObjectNode groups() {
        ObjectNode document = document("APIGroupList");
        group(document.putArray("groups").addObject());
        return document;
    }

    private static ObjectNode group(ObjectNode entry) {
        ObjectNode version = JsonNodeFactory.instance.objectNode();
        version.put("groupVersion", Measured.API_VERSION).put("version", "v1beta1");
        entry.put("name", GROUP).putArray("versions").add(version);
        entry.set("preferredVersion", version.deepCopy());
        return entry;
    }

    private static ObjectNode resources() {
        ObjectNode document = document("APIResourceList");
        ArrayNode list = document.put("groupVersion", Measured.API_VERSION).putArray("resources");
        resource(list.addObject(), "nodes", false, "NodeMetrics");
        resource(list.addObject(), "pods", true, "PodMetrics");
        return document;
    }

    private static void resource(
            ObjectNode entry, String plural, Boolean isNamespaced, String kind) {
        entry.put("name", plural).put("singularName", "").put("namespaced", isNamespaced);
        entry.put("kind", kind).putArray("verbs").add("get").add("list");
    }

    private static ObjectNode document(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind).put("apiVersion", "v1");
    }
}
