package dev.gantry.agent.status;

import dev.gantry.agent.pod.ContainerReset;
import dev.gantry.agent.pod.SeenContainer;
import dev.gantry.agent.runtime.container.ContainerState;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.ImageUse;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Containers that were reported once and that the runtime does not have any more: the node was
 * emptied, its runtime lost its state, or they were taken away so that all of their pod start
 * again. They count as ended, so that restart counts go on, and a pod that never restarts does not
 * run twice. One worker owns it.
 *
 * <p>Compat: kubelet's {@code ContainerStatusUnknown} with exit code 137, and {@link
 * ContainerReset}.
 */
public final class LostContainers {
    private static final ContainerStatus.Exit UNKNOWN =
            new ContainerStatus.Exit(
                    137,
                    "ContainerStatusUnknown",
                    "The container could not be located when the pod was terminated");

    private static final List<String> STATUS_LISTS =
            List.of("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses");

    private final Map<String, SeenContainer> lost = new TreeMap<>();
    private final Set<String> found = new HashSet<>();

    /**
     * What the runtime has, and the last try of each container that it has no more: until that
     * container has been tried twice anew, since the status shows two tries.
     *
     * @param seen newest first
     * @param reported the last status that was reported
     */
    public List<SeenContainer> added(List<SeenContainer> seen, PodSpec pod, JsonNode reported) {
        List<SeenContainer> all = new ArrayList<>(seen);
        for (ContainerSpec spec : pod.containers()) {
            String name = spec.name();
            long tries = seen.stream().filter(each -> each.name().equals(name)).count();
            note(spec, tries, reported);
            SeenContainer last = lost.get(name);
            if (last != null) {
                all.add(last);
            }
        }
        return all;
    }

    private void note(ContainerSpec spec, long tries, JsonNode reported) {
        String name = spec.name();
        if (tries > 0) {
            found.add(name);
        }
        if (tries > 1) {
            lost.remove(name);
        }
        boolean isMissed = tries == 0 && (found.remove(name) || !lost.containsKey(name));
        if (isMissed) {
            lost(spec, reported).ifPresent(each -> lost.put(name, each));
        }
    }

    private static Optional<SeenContainer> lost(ContainerSpec spec, JsonNode reported) {
        boolean isReset =
                spec.role() != ContainerSpec.Role.EPHEMERAL
                        && Conditions.isTrue(reported.path("conditions"), ContainerReset.CONDITION);
        for (String list : STATUS_LISTS) {
            for (JsonNode each : reported.path(list)) {
                String id = Resource.text(each, "containerID");
                if (Resource.text(each, "name").equals(spec.name()) && !id.isEmpty()) {
                    SeenContainer last = lost(spec, each, id.substring(id.indexOf("://") + 3));
                    return Optional.of(isReset && !last.wasReset() ? reset(last) : last);
                }
            }
        }
        return Optional.empty();
    }

    /** Compat: that it will be started again is counted as soon as it is gone. */
    private static SeenContainer reset(SeenContainer last) {
        ContainerStatus ended =
                last.status().ended(last.status().finishedAt(), ContainerReset.EXIT);
        return new SeenContainer(
                ended.withAnnotation(
                        RuntimeLabels.RESTART_COUNT, Integer.toString(last.restartCount() + 1)),
                last.sandboxId());
    }

    private static SeenContainer lost(ContainerSpec spec, JsonNode reported, String id) {
        JsonNode state = reported.path("state");
        JsonNode ended = state.path("terminated");
        JsonNode last = ended.isObject() ? ended : reported.path("lastState").path("terminated");
        boolean hadEnded = ended.isObject() || state.path("waiting").isObject() && last.isObject();
        Instant started = time(hadEnded ? last : state.path("running"), "startedAt");
        Instant finished = hadEnded ? time(last, "finishedAt") : started;
        var annotations =
                new TreeMap<>(
                        Map.of(
                                RuntimeLabels.RESTART_COUNT,
                                reported.path("restartCount").asString("0")));
        return new SeenContainer(
                new ContainerStatus(
                        new ContainerStatus.Identity(id, spec.name(), 0),
                        ContainerState.EXITED,
                        new ContainerStatus.Times(started, started, finished),
                        hadEnded ? exit(last) : UNKNOWN,
                        new ImageUse(
                                Resource.text(reported, "image"),
                                Resource.text(reported, "imageID")),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        new TreeMap<>(),
                        annotations),
                "");
    }

    private static ContainerStatus.Exit exit(JsonNode terminated) {
        return new ContainerStatus.Exit(
                terminated.path("exitCode").asInt(UNKNOWN.code()),
                Resource.text(terminated, "reason"),
                Resource.text(terminated, "message"));
    }

    private static Instant time(JsonNode parent, String field) {
        return Resource.instant(parent.path(field)).orElse(Instant.EPOCH);
    }
}
