package dev.gantry.cli.plan;

import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Objects that stand for pods, and the pods they stand for. */
final class PodTemplates {
    private static final Set<String> KINDS =
            Set.of(
                    "Deployment",
                    "ReplicaSet",
                    "ReplicationController",
                    "StatefulSet",
                    "DaemonSet",
                    "Job",
                    "CronJob");

    private PodTemplates() {}

    static boolean isWorkload(Resource object) {
        return object.kind().equals("Pod") || KINDS.contains(object.kind());
    }

    /** Of a CronJob, that of one run. */
    private static JsonNode spec(Resource workload) {
        return workload.kind().equals("CronJob")
                ? workload.spec().path("jobTemplate").path("spec")
                : workload.spec();
    }

    /** How many pods it asks for; of a DaemonSet that depends on the nodes. */
    static int replicas(Resource workload) {
        JsonNode spec = spec(workload);
        if (workload.kind().endsWith("Job")) {
            if (spec.path("suspend").asBoolean(false)) {
                return 0;
            }
            int parallel = spec.path("parallelism").asInt(1);
            return Math.min(parallel, spec.path("completions").asInt(parallel));
        }
        return workload.kind().equals("Pod") ? 1 : spec.path("replicas").asInt(1);
    }

    /** One pod of the template, as a controller would send it. */
    static Resource sample(Resource workload) {
        if (workload.kind().equals("Pod")) {
            return workload.copy();
        }
        JsonNode template = spec(workload).path("template");
        ObjectNode pod = JsonMapper.shared().createObjectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        ObjectNode metadata = pod.putObject("metadata");
        if (template.path("metadata") instanceof ObjectNode theirs) {
            metadata.setAll(theirs.deepCopy());
        }
        metadata.put("name", workload.name() + "-plan").put("namespace", workload.namespace());
        pod.set("spec", template.path("spec").deepCopy());
        return new Resource(pod);
    }

    /** {@code web-1}, {@code web-2}, …; those of a StatefulSet are counted from zero. */
    static List<String> names(Resource workload, int count) {
        if (workload.kind().equals("Pod")) {
            return List.of(workload.name());
        }
        int first = workload.kind().equals("StatefulSet") ? 0 : 1;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(workload.name() + "-" + (first + i));
        }
        return names;
    }

    /** The pod under another name, as new and of one family with its like. */
    static Resource replica(Resource sample, String name, String owner, String createdAt) {
        Resource pod = sample.copy();
        ObjectNode metadata = pod.mutableMetadata();
        metadata.put("name", name).put("uid", "plan-" + sample.namespace() + "/" + name);
        metadata.put("creationTimestamp", createdAt).put("resourceVersion", "1");
        if (!owner.isEmpty()) {
            metadata.putArray("ownerReferences")
                    .addObject()
                    .put("uid", "plan-" + owner)
                    .put("kind", owner.substring(0, owner.indexOf(' ')))
                    .put("name", owner.substring(owner.indexOf('/') + 1))
                    .put("controller", true);
        }
        ObjectNode spec = Resource.child(pod.tree(), "spec");
        if (Resource.text(spec, "schedulerName").isEmpty()) {
            spec.put("schedulerName", WhatIfCluster.SCHEDULER);
        }
        pod.tree().putObject("status").put("phase", "Pending");
        return pod;
    }

    /** The claims that a StatefulSet makes for one of its pods, which refers to them as volumes. */
    static List<Resource> claims(Resource workload, Resource pod) {
        List<Resource> claims = new ArrayList<>();
        for (JsonNode template : workload.spec().path("volumeClaimTemplates")) {
            String volume = Resource.text(template.path("metadata"), "name");
            String name = volume + "-" + pod.name();
            ObjectNode claim = (ObjectNode) template.deepCopy();
            claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
            Resource.child(claim, "metadata")
                    .put("name", name)
                    .put("namespace", pod.namespace())
                    .put("uid", "plan-claim-" + pod.namespace() + "/" + name)
                    .put("resourceVersion", "1");
            claim.putObject("status").put("phase", "Pending");
            claims.add(new Resource(claim));
            ObjectNode spec = Resource.child(pod.tree(), "spec");
            var volumes =
                    spec.get("volumes") instanceof tools.jackson.databind.node.ArrayNode found
                            ? found
                            : spec.putArray("volumes");
            volumes.addObject()
                    .put("name", volume)
                    .putObject("persistentVolumeClaim")
                    .put("claimName", name);
        }
        return claims;
    }
}
