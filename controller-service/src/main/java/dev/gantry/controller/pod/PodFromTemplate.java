package dev.gantry.controller.pod;

import dev.gantry.controller.owner.Ownership;
import dev.gantry.model.meta.Resource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A new pod of a template. Compat: {@code GetPodFromTemplate}. */
public final class PodFromTemplate {
    private PodFromTemplate() {}

    /** Has no name yet; the tree is the caller's to change. */
    public static Resource of(JsonNode template, Resource owner) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata");
        metadata.put("generateName", owner.name() + "-");
        metadata.put("namespace", owner.namespace());
        for (String field : List.of("labels", "annotations", "finalizers")) {
            JsonNode value = template.path("metadata").path(field);
            if (!value.isMissingNode() && !value.isNull()) {
                metadata.set(field, value.deepCopy());
            }
        }
        metadata.putArray("ownerReferences").add(Ownership.reference(owner));
        pod.set("spec", template.path("spec").deepCopy());
        return new Resource(pod);
    }
}
