package dev.gantry.controller.workload.deployment;

import dev.gantry.model.meta.Resource;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** One ReplicaSet while a rollout is being thought through. Mutable, owned by one reconcile. */
final class SetDraft {
    private final Resource seen;
    private final Map<String, String> annotations = new TreeMap<>();
    private int replicas;
    private int minReadySeconds;

    SetDraft(Resource seen) {
        this.seen = seen;
        this.replicas = replicasSeen();
        this.minReadySeconds = seen.spec().path("minReadySeconds").asInt(0);
    }

    Resource seen() {
        return seen;
    }

    String name() {
        return seen.name();
    }

    int replicas() {
        return replicas;
    }

    int replicasSeen() {
        return seen.spec().path("replicas").asInt(1);
    }

    /** How many of its pods are available, as it says itself. */
    int available() {
        return seen.status().path("availableReplicas").asInt(0);
    }

    boolean isActive() {
        return replicas > 0;
    }

    /** Sets the size, and notes what the Deployment as a whole wanted at the time. */
    void scale(int to, Limits limits) {
        replicas = to;
        annotate(Notes.DESIRED, Integer.toString(limits.replicas()));
        annotate(Notes.MAXIMUM, Integer.toString(limits.maximum()));
    }

    void annotate(String name, String value) {
        annotations.put(name, value);
    }

    void minReadySeconds(int seconds) {
        minReadySeconds = seconds;
    }

    boolean isRescaled() {
        return replicas != replicasSeen();
    }

    boolean isChanged() {
        return isRescaled()
                || minReadySeconds != seen.spec().path("minReadySeconds").asInt(0)
                || annotations.entrySet().stream()
                        .anyMatch(e -> !e.getValue().equals(seen.annotations().get(e.getKey())));
    }

    Resource changed() {
        Resource copy = seen.copy();
        ObjectNode spec = Resource.child(copy.tree(), "spec");
        spec.put("replicas", replicas);
        if (minReadySeconds > 0) {
            spec.put("minReadySeconds", minReadySeconds);
        } else {
            spec.remove("minReadySeconds");
        }
        ObjectNode notes = Resource.child(copy.mutableMetadata(), "annotations");
        annotations.forEach(notes::put);
        return copy;
    }
}
