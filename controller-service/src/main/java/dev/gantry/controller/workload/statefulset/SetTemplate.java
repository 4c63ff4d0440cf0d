package dev.gantry.controller.workload.statefulset;

import dev.gantry.controller.pod.PodFromTemplate;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the pods of a StatefulSet. */
final class SetTemplate {
    private SetTemplate() {}

    /**
     * @param template of the revision
     */
    static Resource pod(SetSpec spec, int ordinal, JsonNode template, String revision) {
        Resource set = spec.set();
        Resource pod = PodFromTemplate.of(template, set);
        String name = Identity.pod(set, ordinal);
        ObjectNode metadata = pod.mutableMetadata();
        metadata.put("name", name);
        Resource.child(metadata, "labels")
                .put(Identity.POD_NAME, name)
                .put(Identity.POD_INDEX, Integer.toString(ordinal))
                .put(Identity.REVISION, revision);
        ObjectNode podSpec = Resource.child(pod.tree(), "spec");
        podSpec.put("hostname", name);
        String service = Resource.text(set.spec(), "serviceName");
        if (!service.isEmpty()) {
            podSpec.put("subdomain", service);
        }
        volumes(podSpec, spec, ordinal);
        return pod;
    }

    /** Compat: a claim of the set takes the place of a volume of the template by that name. */
    private static void volumes(ObjectNode pod, SetSpec spec, int ordinal) {
        if (spec.claimTemplates().isEmpty()) {
            return;
        }
        List<String> names = new ArrayList<>();
        ArrayNode volumes = JsonNodeFactory.instance.arrayNode();
        for (JsonNode template : spec.claimTemplates()) {
            String name = Claims.templateName(template);
            names.add(name);
            volumes.addObject()
                    .put("name", name)
                    .putObject("persistentVolumeClaim")
                    .put("claimName", Identity.claim(spec.set(), name, ordinal));
        }
        for (JsonNode volume : pod.path("volumes")) {
            if (!names.contains(Resource.text(volume, "name"))) {
                volumes.add(volume);
            }
        }
        pod.set("volumes", volumes);
    }
}
