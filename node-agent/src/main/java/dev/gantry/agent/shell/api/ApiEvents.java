package dev.gantry.agent.shell.api;

import dev.gantry.agent.edge.EventSink;
import dev.gantry.agent.edge.PodEvent;
import dev.gantry.client.event.Occurrence;
import dev.gantry.client.shell.event.EventRecorder;

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
}
