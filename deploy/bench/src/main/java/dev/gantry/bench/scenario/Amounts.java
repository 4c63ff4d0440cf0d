package dev.gantry.bench.scenario;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.JsonNode;

/** What an object shows of what a scenario counts: mostly one, or nothing. */
final class Amounts {
    private Amounts() {}

    static int nothing(JsonNode object) {
        return 0;
    }

    static int counted(JsonNode object) {
        return object.at("/metadata/labels").has(ScenarioObjects.COUNTED) ? 1 : 0;
    }

    static int complete(JsonNode job) {
        return has(job, "Complete") ? 1 : 0;
    }

    static int bound(JsonNode pod) {
        return pod.path("spec").hasNonNull("nodeName") ? 1 : 0;
    }

    static int ready(JsonNode pod) {
        return has(pod, "Ready") ? 1 : 0;
    }

    static int readyOfRevision(JsonNode pod, int revision) {
        String label = Resource.text(pod.at("/metadata/labels"), ScenarioObjects.REVISION);
        return label.equals(Integer.toString(revision)) ? ready(pod) : 0;
    }

    /** Of an EndpointSlice, as many as are ready. */
    static int readyEndpoints(JsonNode slice) {
        int ready = 0;
        for (JsonNode each : slice.path("endpoints")) {
            ready += each.at("/conditions/ready").asBoolean(false) ? 1 : 0;
        }
        return ready;
    }

    private static boolean has(JsonNode object, String condition) {
        for (JsonNode each : object.at("/status/conditions")) {
            if (Resource.text(each, "type").equals(condition)) {
                return Resource.text(each, "status").equals("True");
            }
        }
        return false;
    }
}
