package dev.gantry.local.diagnosis;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Why a Deployment, or another workload with pods, does not become what it shall be.
 *
 * @param workload as it is now, if it is there
 * @param pods those that its selector finds
 * @param events of its namespace
 */
public record RolloutTrouble(
        Optional<Resource> workload, List<Resource> pods, List<Resource> events) {
    /** Sentences, or none where nothing is known to be wrong. */
    public List<String> sentences() {
        if (workload.isEmpty()) {
            return List.of("it was deleted");
        }
        List<String> told = new ArrayList<>();
        // Where pods cannot even be made, only their owner knows why.
        Conditions.find(workload.get().status().path("conditions"), "ReplicaFailure")
                .map(RolloutTrouble::reasoned)
                .ifPresent(why -> told.add("pods cannot be made: " + why));
        told.addAll(PodTrouble.of(pods, events));
        if (told.isEmpty() && pods.size() < wanted()) {
            told.add("%d of %d pods have been made".formatted(pods.size(), wanted()));
        }
        return told;
    }

    private int wanted() {
        return workload.map(found -> found.spec().path("replicas").asInt(1)).orElse(0);
    }

    private static String reasoned(JsonNode condition) {
        return Resource.text(condition, "reason") + ": " + Resource.text(condition, "message");
    }
}
