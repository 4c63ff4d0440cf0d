package dev.gantry.simulation;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.message.Heartbeat;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.quantity.Quantity;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An agent that starts and ends its pods in a moment, and forgets them when it crashes. */
final class SimulatedNode {
    static final Quantity CPU = Quantity.ofMilli(4000);
    private static final int START_MILLIS = 700;

    private final String name;
    private final SimulatedState state;
    private final LossyBus<PodStatusReport> reports;
    private final Map<Uid, Instant> readyAt = new TreeMap<>();
    private final Map<Uid, String> reported = new TreeMap<>();
    private boolean isUp = true;
    private long sequence;

    SimulatedNode(String name, SimulatedState state, LossyBus<PodStatusReport> reports) {
        this.name = name;
        this.state = state;
        this.reports = reports;
    }

    String name() {
        return name;
    }

    boolean isUp() {
        return isUp;
    }

    void crash() {
        isUp = false;
        readyAt.clear();
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
        for (Resource pod : state.list(SimulatedState.PODS)) {
            if (!Resource.text(pod.spec(), "nodeName").equals(name)) {
                continue;
            }
            Instant ready = readyAt.computeIfAbsent(pod.uid(), _ -> now.plusMillis(START_MILLIS));
            if (pod.isBeingDeleted()) {
                report(pod, "gone", now);
            } else {
                report(pod, ready.isAfter(now) ? "starting" : "ready", now);
            }
        }
    }

    private void report(Resource pod, String what, Instant now) {
        if (what.equals(reported.put(pod.uid(), what))) {
            return;
        }
        sequence = Math.max(sequence + 1, now.toEpochMilli());
        var report =
                new PodStatusReport(
                        name,
                        pod.namespace(),
                        pod.name(),
                        pod.uid(),
                        sequence,
                        status(what.equals("ready") ? "True" : "False", now),
                        what.equals("gone"));
        reports.send(pod.uid().value(), report, now);
    }

    private static ObjectNode status(String ready, Instant now) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("phase", ready.equals("True") ? "Running" : "Pending");
        ArrayNode conditions = status.putArray("conditions");
        for (String type : new String[] {"Ready", "ContainersReady"}) {
            Conditions.set(conditions, new Conditions.Wanted(type, ready, "", ""), now);
        }
        return status;
    }

    private static ObjectNode amounts() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("cpu", CPU.toString())
                .put("memory", "16Gi")
                .put("pods", "110");
    }
}
