package dev.gantry.controller.workload.deployment;

import dev.gantry.controller.owner.Ownership;
import dev.gantry.controller.pod.TemplateHash;
import dev.gantry.model.meta.Resource;
import java.util.Iterator;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Pod templates, and the ReplicaSet that is made for one. */
final class Template {
    private Template() {}

    /** Whether the set's pods are those that the Deployment wants. */
    static boolean isOf(Resource replicaSet, Resource deployment) {
        return bare(replicaSet.spec().path("template"))
                .equals(bare(deployment.spec().path("template")));
    }

    static String nameFor(Resource deployment) {
        return deployment.name() + "-" + hash(deployment);
    }

    static Resource replicaSetFor(Resource deployment, int replicas, long revision) {
        String hash = hash(deployment);
        ObjectNode set = JsonNodeFactory.instance.objectNode();
        set.put("apiVersion", "apps/v1").put("kind", "ReplicaSet");
        ObjectNode metadata = set.putObject("metadata");
        metadata.put("name", nameFor(deployment)).put("namespace", deployment.namespace());
        ObjectNode template = (ObjectNode) deployment.spec().path("template").deepCopy();
        ObjectNode labels = Resource.child(Resource.child(template, "metadata"), "labels");
        labels.put(Notes.HASH, hash);
        metadata.set("labels", labels.deepCopy());
        metadata.putArray("ownerReferences").add(Ownership.reference(deployment));
        ObjectNode annotations = metadata.putObject("annotations");
        deployment
                .annotations()
                .forEach(
                        (name, value) -> {
                            if (!Notes.NOT_COPIED.contains(name)) {
                                annotations.put(name, value);
                            }
                        });
        Limits limits = Limits.of(deployment);
        annotations.put(Notes.REVISION, Long.toString(revision));
        annotations.put(Notes.DESIRED, Integer.toString(limits.replicas()));
        annotations.put(Notes.MAXIMUM, Integer.toString(limits.maximum()));
        ObjectNode spec = set.putObject("spec");
        spec.put("replicas", replicas);
        int minReady = deployment.spec().path("minReadySeconds").asInt(0);
        if (minReady > 0) {
            spec.put("minReadySeconds", minReady);
        }
        ObjectNode selector = (ObjectNode) deployment.spec().path("selector").deepCopy();
        Resource.child(selector, "matchLabels").put(Notes.HASH, hash);
        spec.set("selector", selector);
        spec.set("template", template);
        return new Resource(set);
    }

    private static String hash(Resource deployment) {
        return TemplateHash.of(
                deployment.spec().path("template"),
                deployment.status().path("collisionCount").asLong(0));
    }

    /** Without what we add ourselves and without nulls, which say nothing. */
    private static JsonNode bare(JsonNode template) {
        JsonNode copy = template.deepCopy();
        if (copy.path("metadata") instanceof ObjectNode metadata) {
            if (metadata.path("labels") instanceof ObjectNode labels) {
                labels.remove(Notes.HASH);
                removeIfEmpty(metadata, "labels");
            }
            removeIfEmpty(metadata, "annotations");
        }
        dropNulls(copy);
        if (copy instanceof ObjectNode object) {
            removeIfEmpty(object, "metadata");
        }
        return copy;
    }

    private static void removeIfEmpty(ObjectNode parent, String field) {
        if (parent.path(field).isObject() && parent.path(field).isEmpty()) {
            parent.remove(field);
        }
    }

    private static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
            while (fields.hasNext()) {
                JsonNode value = fields.next().getValue();
                if (value.isNull()) {
                    fields.remove();
                } else {
                    dropNulls(value);
                }
            }
        } else {
            node.forEach(Template::dropNulls);
        }
    }
}
