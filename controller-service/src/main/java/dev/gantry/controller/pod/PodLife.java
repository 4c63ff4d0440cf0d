package dev.gantry.controller.pod;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Facts of one pod. Compat: pkg/api/v1/pod/util.go and controller_utils.go. */
public final class PodLife {
    private PodLife() {}

    public static String phase(Resource pod) {
        return Resource.text(pod.status(), "phase");
    }

    public static boolean isFinished(Resource pod) {
        return phase(pod).equals("Succeeded") || phase(pod).equals("Failed");
    }

    /** Neither finished nor being deleted: it counts towards what is wanted. */
    public static boolean isActive(Resource pod) {
        return !isFinished(pod) && !pod.isBeingDeleted();
    }

    public static boolean isReady(Resource pod) {
        return Conditions.isTrue(pod.status().path("conditions"), "Ready");
    }

    public static Optional<Instant> readySince(Resource pod) {
        return Conditions.find(pod.status().path("conditions"), "Ready")
                .filter(each -> Resource.text(each, "status").equals("True"))
                .flatMap(each -> Resource.instant(each.path("lastTransitionTime")));
    }

    /** When it has been ready for long enough; empty where it is not ready. */
    public static Optional<Instant> availableAt(Resource pod, Duration minReady) {
        if (!isReady(pod)) {
            return Optional.empty();
        }
        if (minReady.isZero()) {
            return Optional.of(Instant.EPOCH);
        }
        return readySince(pod).map(since -> since.plus(minReady));
    }

    public static String node(Resource pod) {
        return Resource.text(pod.spec(), "nodeName");
    }

    /** Restarts of its containers, added up. */
    public static int restarts(Resource pod) {
        int restarts = 0;
        for (JsonNode each : pod.status().path("containerStatuses")) {
            restarts += each.path("restartCount").asInt(0);
        }
        return restarts;
    }
}
