package dev.gantry.bench.core;

import dev.gantry.bench.workload.PodForm;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of new objects as if an API server had completed them. */
final class Trees {
    private static final String SCHEDULER = "default-scheduler";

    private Trees() {}

    /**
     * @param images what the node's status says of them
     */
    static NodeFacts node(String json, String images) {
        ObjectNode tree = parse(json);
        complete(tree, "");
        ((ObjectNode) tree.path("status")).set("images", JsonMapper.shared().readTree(images));
        return NodeFacts.of(new Resource(tree));
    }

    static PodSighting pod(String json, PodForm form, String namespace) {
        ObjectNode tree = parse(json);
        complete(tree, namespace);
        ObjectNode spec = (ObjectNode) tree.path("spec");
        spec.put("schedulerName", SCHEDULER);
        spec.put("priority", form.isImportant() ? PodForm.HIGH_PRIORITY : 0);
        return PodSighting.of(new Resource(tree));
    }

    private static ObjectNode parse(String json) {
        return (ObjectNode) JsonMapper.shared().readTree(json);
    }

    private static void complete(ObjectNode tree, String namespace) {
        ObjectNode metadata = (ObjectNode) tree.path("metadata");
        metadata.put("uid", "uid-of-" + namespace + "-" + metadata.path("name").asString());
        metadata.put("resourceVersion", "7").put("creationTimestamp", "2026-01-01T00:00:00Z");
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
    }
}
