package dev.gantry.simulation;

import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.quantity.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An agent, whose pods are gone when its node crashes. */
final class SimulatedNode {
    static final Quantity CPU = Quantity.ofMilli(4000);

    private final String name;
    private final SimulatedState state;
    private final LossyBus<PodStatusReport> reports;
    private final NodeFacts facts;
    private final Map<Uid, SimulatedPod> pods = new TreeMap<>();
    private final Map<Uid, Told> reported = new TreeMap<>();
    private boolean isUp = true;
    private long sequence;

    SimulatedNode(String name, SimulatedState state, LossyBus<PodStatusReport> reports) {
        this.name = name;
        this.state = state;
        this.reports = reports;
        this.facts =
                new NodeFacts(
                        name, List.of("10.0.0.1"), List.of(), "cluster.local", new TreeMap<>());
    }

    private record Told(ObjectNode status, boolean isGone) {}

    String name() {
        return name;
    }

    boolean isUp() {
        return isUp;
    }

    void crash() {
        isUp = false;
        pods.clear();
        reported.clear();
    }

    void start() {
        isUp = true;
    }

    Heartbeat heartbeat(Instant now) {
        ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
        conditions
                .addObject()
                .put("type", "Ready")
                .put("status", "True")
                .put("reason", "KubeletReady");
        return new Heartbeat(name, 1, now, conditions, amounts(), amounts());
    }

    static Resource object(String name) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("apiVersion", "v1").put("kind", "Node");
        node.putObject("metadata").put("name", name);
        node.putObject("spec");
        Resource.child(node, "status").set("allocatable", amounts());
        return new Resource(node);
    }

    void step(Instant now) {
        if (!isUp) {
            return;
        }
        for (Resource each : state.list(SimulatedState.PODS)) {
            if (Resource.text(each.spec(), "nodeName").equals(name)) {
                step(each, now);
            }
        }
    }

    private void step(Resource object, Instant now) {
        SimulatedPod pod = pods.computeIfAbsent(object.uid(), _ -> new SimulatedPod(facts, now));
        if (!pod.isRemoved()) {
            pod.step(object, now);
        }
        // The status says when it changed: a look that changes nothing makes an equal one.
        var told = new Told(pod.status(), pod.isRemoved());
        if (!told.equals(reported.put(object.uid(), told))) {
            report(object, pod, now);
        }
    }

    private void report(Resource object, SimulatedPod pod, Instant now) {
        sequence = Math.max(sequence + 1, now.toEpochMilli());
        var report =
                new PodStatusReport(
                        name,
                        object.namespace(),
                        object.name(),
                        object.uid(),
                        sequence,
                        pod.status().deepCopy(),
                        pod.isRemoved());
        reports.send(object.uid().value(), report, now);
    }

    private static ObjectNode amounts() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("cpu", CPU.toString())
                .put("memory", "16Gi")
                .put("pods", "110");
    }
}
