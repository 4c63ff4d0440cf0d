package dev.gantry.local.diagnosis;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Why pods are not ready: each once, with what its containers wait for and the newest warning that
 * was told of it.
 */
public final class PodTrouble {
    private static final int SHOWN = 10;
    private static final int NARROW = 300;

    private PodTrouble() {}

    /**
     * One entry per pod that is not ready, in the order of {@code pods}.
     *
     * @param events of the pods' namespace, in any order
     */
    public static List<String> of(List<Resource> pods, List<Resource> events) {
        List<Resource> late = pods.stream().filter(pod -> !isReady(pod)).toList();
        List<String> told = new ArrayList<>();
        for (Resource pod : late.subList(0, Math.min(SHOWN, late.size()))) {
            told.add(text(pod, events));
        }
        if (late.size() > SHOWN) {
            told.add("and %d more pods that are not ready".formatted(late.size() - SHOWN));
        }
        return told;
    }

    /** The newest warning about one object, in one line; empty if there is none. */
    public static String latestWarning(Resource object, List<Resource> events) {
        return events.stream()
                .filter(event -> Resource.text(event.tree(), "type").equals("Warning"))
                .filter(event -> isAbout(event, object))
                .max(Comparator.comparing(PodTrouble::when))
                .map(
                        event ->
                                Resource.text(event.tree(), "reason")
                                        + ": "
                                        + oneLine(Resource.text(event.tree(), "message")))
                .orElse("");
    }

    private static String text(Resource pod, List<Resource> events) {
        String node = Resource.text(pod.spec(), "nodeName");
        var text = new StringBuilder(pod.name());
        text.append(node.isEmpty() ? " (on no node)" : " (on " + node + ")");
        text.append(": ").append(state(pod));
        String warning = latestWarning(pod, events);
        if (!warning.isEmpty()) {
            text.append("%n  latest warning: ".formatted()).append(warning);
        }
        return text.toString();
    }

    private static boolean isReady(Resource pod) {
        return Conditions.isTrue(pod.status().path("conditions"), "Ready")
                || Resource.text(pod.status(), "phase").equals("Succeeded");
    }

    private static String state(Resource pod) {
        if (pod.isBeingDeleted()) {
            return "it is being deleted";
        }
        for (String list : List.of("initContainerStatuses", "containerStatuses")) {
            for (JsonNode container : pod.status().path(list)) {
                Optional<String> state = state(container);
                if (state.isPresent()) {
                    return state.get();
                }
            }
        }
        return unscheduled(pod).orElse(phase(pod));
    }

    /** What a container that is not ready does instead; empty for one that is well or done. */
    private static Optional<String> state(JsonNode container) {
        String name = "container " + Resource.text(container, "name");
        JsonNode waiting = container.at("/state/waiting");
        JsonNode ended = container.at("/state/terminated");
        if (waiting.isObject()) {
            return Optional.of(name + " waits: " + reasoned(waiting) + lastExit(container));
        }
        if (ended.isObject() && ended.path("exitCode").asInt(0) != 0) {
            return Optional.of(name + " ended: " + exit(ended));
        }
        boolean isRunning = container.at("/state/running").isObject();
        return isRunning && !container.path("ready").asBoolean(false)
                ? Optional.of(name + " runs, but is not ready" + lastExit(container))
                : Optional.empty();
    }

    private static String lastExit(JsonNode container) {
        JsonNode last = container.at("/lastState/terminated");
        return last.isObject() ? " (it ended before: " + exit(last) + ")" : "";
    }

    private static String exit(JsonNode ended) {
        return reasoned(ended) + ", exit code " + ended.path("exitCode").asInt(0);
    }

    private static String reasoned(JsonNode state) {
        String message = oneLine(Resource.text(state, "message"));
        String reason = Resource.text(state, "reason");
        return message.isEmpty() ? reason : reason + ": " + message;
    }

    private static Optional<String> unscheduled(Resource pod) {
        return Conditions.find(pod.status().path("conditions"), "PodScheduled")
                .filter(each -> Resource.text(each, "status").equals("False"))
                .map(each -> "it has no node: " + oneLine(Resource.text(each, "message")));
    }

    private static String phase(Resource pod) {
        String reason = Resource.text(pod.status(), "reason");
        String phase = Resource.text(pod.status(), "phase");
        String said = oneLine(Resource.text(pod.status(), "message"));
        return phase
                + (reason.isEmpty() ? "" : ", " + reason)
                + (said.isEmpty() ? "" : ": " + said);
    }

    private static boolean isAbout(Resource event, Resource object) {
        JsonNode about = event.tree().path("involvedObject");
        String uid = Resource.text(about, "uid");
        return uid.isEmpty()
                ? Resource.text(about, "kind").equals(object.kind())
                        && Resource.text(about, "name").equals(object.name())
                : uid.equals(object.uid().value());
    }

    private static Instant when(Resource event) {
        return Stream.of(
                        event.tree().at("/series/lastObservedTime"),
                        event.tree().path("lastTimestamp"),
                        event.tree().path("eventTime"),
                        event.metadata().path("creationTimestamp"))
                .flatMap(each -> Resource.instant(each).stream())
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
        return line.length() <= NARROW ? line : line.substring(0, NARROW) + " ...";
    }
}
