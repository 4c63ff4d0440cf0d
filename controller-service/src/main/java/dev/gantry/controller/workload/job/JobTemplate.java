package dev.gantry.controller.workload.job;

import dev.gantry.controller.pod.PodFromTemplate;
import dev.gantry.controller.workload.job.FailurePolicy.Meaning;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the pods of a Job. */
final class JobTemplate {
    private static final String VARIABLE = "JOB_COMPLETION_INDEX";

    private JobTemplate() {}

    static Resource pod(JobSpec spec) {
        Resource job = spec.job();
        return JobPod.tracked(PodFromTemplate.of(job.spec().path("template"), job));
    }

    /**
     * A pod that knows its index by its host name, a label, an annotation and a variable.
     *
     * @param replaced the pod of the index that failed last
     */
    static Resource pod(JobSpec spec, int index, Optional<Resource> replaced) {
        Resource pod = pod(spec);
        String name = spec.job().name() + "-" + index;
        ObjectNode metadata = pod.mutableMetadata();
        metadata.put("generateName", name + "-");
        Resource.child(metadata, "labels").put(JobPod.INDEX, Integer.toString(index));
        ObjectNode annotations = Resource.child(metadata, "annotations");
        annotations.put(JobPod.INDEX, Integer.toString(index));
        if (spec.backoffLimitPerIndex().isPresent()) {
            failures(annotations, spec, replaced);
        }
        ObjectNode podSpec = Resource.child(pod.tree(), "spec");
        podSpec.put("hostname", name);
        for (String list : new String[] {"initContainers", "containers"}) {
            for (JsonNode container : podSpec.path(list)) {
                addVariable((ObjectNode) container);
            }
        }
        return pod;
    }

    private static void failures(
            ObjectNode annotations, JobSpec spec, Optional<Resource> replaced) {
        int counted = replaced.map(JobPod::failuresBefore).orElse(0);
        int ignored = replaced.map(JobPod::ignoredBefore).orElse(0);
        boolean isIgnored =
                replaced.filter(pod -> spec.failurePolicy().match(pod).meaning() == Meaning.IGNORE)
                        .isPresent();
        if (isIgnored) {
            ignored++;
        } else if (replaced.isPresent()) {
            counted++;
        }
        annotations.put(JobPod.FAILURES, Integer.toString(counted));
        if (ignored > 0) {
            annotations.put(JobPod.IGNORED, Integer.toString(ignored));
        }
    }

    private static void addVariable(ObjectNode container) {
        ArrayNode variables = Resource.array(container, "env");
        for (JsonNode each : variables) {
            if (Resource.text(each, "name").equals(VARIABLE)) {
                return;
            }
        }
        variables
                .addObject()
                .put("name", VARIABLE)
                .putObject("valueFrom")
                .putObject("fieldRef")
                .put("fieldPath", "metadata.labels['" + JobPod.INDEX + "']");
    }
}
