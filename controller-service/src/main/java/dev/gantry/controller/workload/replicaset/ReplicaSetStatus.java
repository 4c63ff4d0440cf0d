package dev.gantry.controller.workload.replicaset;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a ReplicaSet says of itself. */
final class ReplicaSetStatus {
    private static final String FAILURE = "ReplicaFailure";

    private ReplicaSetStatus() {}

    /** The ReplicaSet with its new status; empty where it says so already. */
    static Optional<Resource> of(ReplicaSetView view, ReplicaKind kind, Instant now) {
        Resource before = view.replicaSet();
        List<Resource> pods = view.adoption().owned();
        LabelSelector template = templateLabels(before);
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("replicas", pods.size());
        putUnlessZero(
                status, "fullyLabeledReplicas", pods.stream().filter(template::selects).count());
        putUnlessZero(status, "readyReplicas", pods.stream().filter(PodLife::isReady).count());
        putUnlessZero(status, "availableReplicas", available(view, now));
        if (kind.tellsTerminating()) {
            status.put("terminatingReplicas", view.terminating());
        }
        status.put("observedGeneration", (int) before.generation());
        ArrayNode conditions = conditions(view, now);
        if (!conditions.isEmpty()) {
            status.set("conditions", conditions);
        }
        if (status.equals(before.status())) {
            return Optional.empty();
        }
        Resource after = before.copy();
        after.tree().set("status", status);
        return Optional.of(after);
    }

    private static long available(ReplicaSetView view, Instant now) {
        return view.adoption().owned().stream()
                .map(pod -> PodLife.availableAt(pod, view.minReady()))
                .flatMap(Optional::stream)
                .filter(at -> !at.isAfter(now))
                .count();
    }

    /** Conditions of others are kept. */
    private static ArrayNode conditions(ReplicaSetView view, Instant now) {
        ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : view.replicaSet().status().path("conditions")) {
            if (!Resource.text(each, "type").equals(FAILURE) || view.refusal().isPresent()) {
                conditions.add(each.deepCopy());
            }
        }
        int missing = view.wanted() - view.adoption().owned().size();
        view.refusal()
                .filter(_ -> missing != 0)
                .ifPresent(
                        message ->
                                Conditions.set(
                                        conditions,
                                        new Conditions.Wanted(
                                                FAILURE,
                                                "True",
                                                missing > 0 ? "FailedCreate" : "FailedDelete",
                                                message),
                                        now));
        return conditions;
    }

    private static LabelSelector templateLabels(Resource replicaSet) {
        var labels = new Resource(asObject(replicaSet.spec().path("template"))).labels();
        return LabelSelector.exactly(labels);
    }

    private static ObjectNode asObject(JsonNode node) {
        return node instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    private static void putUnlessZero(ObjectNode status, String field, long count) {
        if (count > 0) {
            status.put(field, (int) count);
        }
    }
}
