package dev.gantry.agent.shell.api;

import dev.gantry.agent.edge.EventSink;
import dev.gantry.agent.edge.PodEvent;
import dev.gantry.client.event.Occurrence;
import dev.gantry.client.shell.event.EventRecorder;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.meta.Resource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@link EventSink} over the API. Compat: the component is called kubelet, as tools expect. */
public final class ApiEvents implements EventSink {
    private final EventRecorder recorder;
    private final String node;

    public ApiEvents(EventRecorder recorder, String node) {
        this.recorder = recorder;
        this.node = node;
    }

    @Override
    public void record(PodEvent event) {
        recorder.record(
                new Occurrence(
                        event.pod().pod(),
                        "kubelet",
                        node,
                        event.isWarning(),
                        event.reason(),
                        event.message(),
                        event.fieldPath()));
    }

    /** What a pod's status says from then on is not what is so: somebody should know. */
    public void onStatusRefused(PodStatusReport report, String why) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata")
                .put("namespace", report.namespace())
                .put("name", report.name())
                .put("uid", report.uid().value());
        String message = "The status of the pod cannot be reported: " + why;
        recorder.record(
                new Occurrence(
                        new Resource(pod), "kubelet", node, true, "FailedStatusReport", message));
    }
}
