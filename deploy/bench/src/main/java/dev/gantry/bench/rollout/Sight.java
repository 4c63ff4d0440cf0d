package dev.gantry.bench.rollout;

import dev.gantry.model.meta.Resource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * What watch events have told of a Deployment and its pods. Pods that are being deleted count as
 * long as they are there.
 */
final class Sight {
    private final Map<String, Pod> pods = new TreeMap<>();
    private Told told = new Told(0, 0, 0);

    private record Pod(String revision, boolean isBound, boolean isReady) {}

    /** The Deployment's own status. */
    private record Told(int replicas, int updated, int ready) {}

    /** One event, of either kind. */
    void hear(JsonNode event) {
        JsonNode object = event.path("object");
        boolean isGone = Resource.text(event, "type").equals("DELETED");
        switch (Resource.text(object, "kind")) {
            case "Pod" -> hearPod(object, isGone);
            case "Deployment" -> told = isGone ? new Told(0, 0, 0) : toldBy(object.path("status"));
            default -> throw new IllegalArgumentException("an event of neither: " + event);
        }
    }

    int pods() {
        return pods.size();
    }

    int bound() {
        return count(Pod::isBound);
    }

    int ready() {
        return count(Pod::isReady);
    }

    int ofRevision(int revision) {
        String label = Integer.toString(revision);
        return count(pod -> pod.revision().equals(label));
    }

    int readyAsTold() {
        return told.ready();
    }

    int updatedAsTold() {
        return told.updated();
    }

    @Override
    public String toString() {
        return "%d pods, %d bound, %d ready; the Deployment tells of %s"
                .formatted(pods(), bound(), ready(), told);
    }

    private void hearPod(JsonNode pod, boolean isGone) {
        JsonNode metadata = pod.path("metadata");
        String name = Resource.text(metadata, "name");
        if (isGone) {
            pods.remove(name);
            return;
        }
        pods.put(
                name,
                new Pod(
                        Resource.text(metadata.path("labels"), DeploymentForm.REVISION),
                        pod.path("spec").hasNonNull("nodeName"),
                        isReady(pod)));
    }

    private static boolean isReady(JsonNode pod) {
        for (JsonNode condition : pod.at("/status/conditions")) {
            if (Resource.text(condition, "type").equals("Ready")) {
                return Resource.text(condition, "status").equals("True");
            }
        }
        return false;
    }

    private static Told toldBy(JsonNode status) {
        return new Told(
                status.path("replicas").asInt(0),
                status.path("updatedReplicas").asInt(0),
                status.path("readyReplicas").asInt(0));
    }

    private int count(Predicate<Pod> wanted) {
        return (int) pods.values().stream().filter(wanted).count();
    }
}
