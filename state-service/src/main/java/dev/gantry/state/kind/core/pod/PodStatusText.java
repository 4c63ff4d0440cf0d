package dev.gantry.state.kind.core.pod;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.table.Age;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a pod is doing, in one word, and how often its containers restarted.
 *
 * <p>Compat: {@code printPod} of Kubernetes' printers: init containers first, then containers from
 * the last to the first, so that the first one has the last word; deletion overrides all.
 */
final class PodStatusText {
    private final JsonNode spec;
    private final JsonNode status;
    private String reason;
    private int ready;
    private int total;
    private int restarts;
    private int sidecarRestarts;
    private Optional<Instant> lastRestart = Optional.empty();
    private Optional<Instant> lastSidecarRestart = Optional.empty();

    PodStatusText(ObjectNode pod) {
        spec = pod.path("spec");
        status = pod.path("status");
        String phase = Resource.text(status, "phase");
        reason =
                Resource.text(status, "reason").isEmpty() ? phase : Resource.text(status, "reason");
        if (Conditions.find(status.path("conditions"), "PodScheduled")
                .filter(each -> Resource.text(each, "reason").equals("SchedulingGated"))
                .isPresent()) {
            reason = "SchedulingGated";
        }
        total = spec.path("containers").size() + sidecars();
        boolean isInitializing = readInitContainers();
        if (!isInitializing || Conditions.isTrue(status.path("conditions"), "Initialized")) {
            readContainers();
        }
        boolean isDeleted = pod.at("/metadata/deletionTimestamp").isString();
        boolean isTerminal = phase.equals("Succeeded") || phase.equals("Failed");
        if (isDeleted && Resource.text(status, "reason").equals("NodeLost")) {
            reason = "Unknown";
        } else if (isDeleted && !isTerminal) {
            reason = "Terminating";
        }
    }

    String reason() {
        return reason;
    }

    String readyOfTotal() {
        return ready + "/" + total;
    }

    /** {@code 3 (5m ago)} */
    String restarts(Instant now) {
        return restarts == 0 || lastRestart.isEmpty()
                ? Integer.toString(restarts)
                : "%d (%s ago)"
                        .formatted(restarts, Age.human(Duration.between(lastRestart.get(), now)));
    }

    private int sidecars() {
        int count = 0;
        for (JsonNode each : spec.path("initContainers")) {
            count += Resource.text(each, "restartPolicy").equals("Always") ? 1 : 0;
        }
        return count;
    }

    private boolean isSidecar(String name) {
        for (JsonNode each : spec.path("initContainers")) {
            if (Resource.text(each, "name").equals(name)) {
                return Resource.text(each, "restartPolicy").equals("Always");
            }
        }
        return false;
    }

    /** Whether one of them is still at work, or has failed. */
    private boolean readInitContainers() {
        JsonNode statuses = status.path("initContainerStatuses");
        for (int i = 0; i < statuses.size(); i++) {
            JsonNode container = statuses.get(i);
            boolean isSidecar = isSidecar(Resource.text(container, "name"));
            restarts += container.path("restartCount").asInt(0);
            lastRestart = later(lastRestart, container);
            if (isSidecar) {
                sidecarRestarts += container.path("restartCount").asInt(0);
                lastSidecarRestart = later(lastSidecarRestart, container);
            }
            JsonNode terminated = container.at("/state/terminated");
            boolean isDone = terminated.isObject() && terminated.path("exitCode").asInt(0) == 0;
            boolean isStarted = isSidecar && container.path("started").asBoolean(false);
            if (isStarted && !isDone && container.path("ready").asBoolean(false)) {
                ready++;
            }
            if (!isDone && !isStarted) {
                reason = initReason(container, i);
                return true;
            }
        }
        return false;
    }

    private String initReason(JsonNode container, int index) {
        JsonNode terminated = container.at("/state/terminated");
        if (terminated.isObject()) {
            return "Init:" + exitReason(terminated);
        }
        String waiting = container.at("/state/waiting/reason").asString("");
        return waiting.isEmpty() || waiting.equals("PodInitializing")
                ? "Init:%d/%d".formatted(index, spec.path("initContainers").size())
                : "Init:" + waiting;
    }

    private void readContainers() {
        restarts = sidecarRestarts;
        lastRestart = lastSidecarRestart;
        boolean hasRunning = false;
        JsonNode statuses = status.path("containerStatuses");
        for (int i = statuses.size() - 1; i >= 0; i--) {
            JsonNode container = statuses.get(i);
            restarts += container.path("restartCount").asInt(0);
            lastRestart = later(lastRestart, container);
            String waiting = container.at("/state/waiting/reason").asString("");
            JsonNode terminated = container.at("/state/terminated");
            if (!waiting.isEmpty()) {
                reason = waiting;
            } else if (terminated.isObject()) {
                reason = exitReason(terminated);
            } else if (container.path("ready").asBoolean(false)
                    && container.at("/state/running").isObject()) {
                hasRunning = true;
                ready++;
            }
        }
        if (reason.equals("Completed") && hasRunning) {
            boolean isReady = Conditions.isTrue(status.path("conditions"), "Ready");
            reason = isReady ? "Running" : "NotReady";
        }
    }

    private static String exitReason(JsonNode terminated) {
        String said = Resource.text(terminated, "reason");
        if (!said.isEmpty()) {
            return said;
        }
        int signal = terminated.path("signal").asInt(0);
        return signal != 0
                ? "Signal:" + signal
                : "ExitCode:" + terminated.path("exitCode").asInt(0);
    }

    private static Optional<Instant> later(Optional<Instant> known, JsonNode container) {
        Optional<Instant> finished =
                Resource.instant(container.at("/lastState/terminated/finishedAt"));
        return finished.isPresent() && known.map(each -> each.isBefore(finished.get())).orElse(true)
                ? finished
                : known;
    }
}
