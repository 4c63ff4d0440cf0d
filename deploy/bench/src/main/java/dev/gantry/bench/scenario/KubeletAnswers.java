package dev.gantry.bench.scenario;

import dev.gantry.bench.client.Burst.Request;
import dev.gantry.model.meta.Resource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a kubelet says of a pod, once: that it runs and is ready, or that it has ended, and that it
 * is gone.
 *
 * <pre>
 *   bound, part of a Job ──► Succeeded        bound ──► Running, Ready
 *   being deleted        ──► deleted without grace
 * </pre>
 */
final class KubeletAnswers {
    private final Set<String> answered = new HashSet<>();
    private int addresses;

    /** What is to be sent after a watch event, if anything. */
    Optional<Request> to(JsonNode event) {
        JsonNode pod = event.path("object");
        String uid = Resource.text(pod.path("metadata"), "uid");
        if (Resource.text(event, "type").equals("DELETED")) {
            answered.remove(uid);
            answered.remove("going " + uid);
            return Optional.empty();
        }
        if (!pod.path("spec").hasNonNull("nodeName")) {
            return Optional.empty();
        }
        boolean isGoing = pod.path("metadata").hasNonNull("deletionTimestamp");
        if (!answered.add(isGoing ? "going " + uid : uid)) {
            return Optional.empty();
        }
        String path = path(pod);
        return Optional.of(
                isGoing
                        ? new Request("DELETE", path + "?gracePeriodSeconds=0", "")
                        : new Request("PATCH", path + "/status", status(pod)));
    }

    private String status(JsonNode pod) {
        return Resource.text(pod.at("/spec"), "restartPolicy").equals("Never")
                ? "{\"status\":{\"phase\":\"Succeeded\"}}"
                : ready(address());
    }

    private static String ready(String address) {
        return """
        {"status":{"phase":"Running","podIP":"%1$s","podIPs":[{"ip":"%1$s"}],"conditions":[{"type":"PodScheduled","status":"True"},%2$s]}}"""
                .formatted(address, readiness(true));
    }

    /** The condition of a pod that is ready, or is not. */
    static String readiness(boolean isReady) {
        return """
        {"type":"Ready","status":"%s"}"""
                .formatted(isReady ? "True" : "False");
    }

    /** No two pods share one. */
    private String address() {
        int number = ++addresses;
        return "100.%d.%d.%d".formatted(64 + number / 64_516, number / 254 % 254, 1 + number % 254);
    }

    private static String path(JsonNode pod) {
        JsonNode metadata = pod.path("metadata");
        return "/api/v1/namespaces/%s/pods/%s"
                .formatted(Resource.text(metadata, "namespace"), Resource.text(metadata, "name"));
    }
}
