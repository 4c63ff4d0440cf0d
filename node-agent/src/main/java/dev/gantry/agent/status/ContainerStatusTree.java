package dev.gantry.agent.status;

import dev.gantry.agent.pod.ContainerReset;
import dev.gantry.agent.pod.ContainerWaits;
import dev.gantry.agent.pod.PodView;
import dev.gantry.agent.pod.SeenContainer;
import dev.gantry.agent.runtime.container.ContainerState;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.runtime.container.ProcessUser;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.ContainerSpec.Role;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One entry of {@code containerStatuses}. */
final class ContainerStatusTree {
    private static final String ID_SCHEME = "containerd://";

    private final PodView view;
    private final JsonNode before;
    private final Instant now;

    /**
     * @param before the status of the pod that was reported last
     */
    ContainerStatusTree(PodView view, JsonNode before, Instant now) {
        this.view = view;
        this.before = before;
        this.now = now;
    }

    ObjectNode of(ContainerSpec spec) {
        Optional<SeenContainer> newest = view.newest(spec.name());
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.put("name", spec.name());
        made.set("state", state(spec, newest));
        made.set("lastState", lastState(spec, newest));
        made.put("ready", isReady(spec));
        made.put("restartCount", newest.map(SeenContainer::restartCount).orElse(0));
        made.put("image", newest.map(each -> imageName(each, spec)).orElse(spec.image()));
        made.put("imageID", newest.map(each -> each.status().imageRef()).orElse(""));
        newest.ifPresent(each -> made.put("containerID", ID_SCHEME + each.id()));
        if (spec.role() != Role.EPHEMERAL) {
            made.put("started", view.hasStarted(spec));
        }
        newest.filter(each -> each.isRunning() || each.hasExited() && spec.isResizable())
                .ifPresent(each -> putResources(made, spec, each));
        newest.flatMap(each -> each.status().user()).ifPresent(each -> putUser(made, each));
        putMounts(made, spec, newest);
        return made;
    }

    boolean isReady(ContainerSpec spec) {
        if (spec.role() == Role.EPHEMERAL) {
            return false;
        }
        Optional<SeenContainer> current = view.current(spec.name());
        if (spec.role() == Role.INIT) {
            return current.filter(SeenContainer::hasExited)
                    .map(each -> each.status().exitCode() == 0)
                    .orElse(false);
        }
        return view.hasStarted(spec)
                && current.map(each -> view.verdict(spec, each).isReady()).orElse(false);
    }

    private ObjectNode state(ContainerSpec spec, Optional<SeenContainer> newest) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        if (newest.isPresent() && newest.get().isRunning()) {
            made.putObject("running")
                    .put("startedAt", Conditions.timestamp(newest.get().status().startedAt()));
            return made;
        }
        Optional<ContainerWaits.Reason> waits = waits(spec);
        if (newest.isPresent() && newest.get().hasExited() && waits.isEmpty()) {
            made.set("terminated", terminated(newest.get().status()));
            return made;
        }
        ContainerWaits.Reason why = waits.orElseGet(this::usualWait);
        ObjectNode waiting = made.putObject("waiting").put("reason", why.reason());
        if (!why.message().isEmpty()) {
            waiting.put("message", why.message());
        }
        return made;
    }

    private ContainerWaits.Reason usualWait() {
        boolean hasInits = !view.pod().inits().isEmpty();
        return new ContainerWaits.Reason(hasInits ? "PodInitializing" : "ContainerCreating", "");
    }

    private ObjectNode lastState(ContainerSpec spec, Optional<SeenContainer> newest) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        boolean isWaiting =
                newest.isPresent() && newest.get().hasExited() && waits(spec).isPresent();
        Optional<SeenContainer> last = isWaiting ? newest : view.previous(spec.name());
        last.filter(SeenContainer::hasExited)
                .ifPresent(each -> made.set("terminated", terminated(each.status())));
        return made;
    }

    /** What must not be started again does not wait for anything. */
    private Optional<ContainerWaits.Reason> waits(ContainerSpec spec) {
        if (view.mustStop()) {
            return Optional.empty();
        }
        Optional<ContainerWaits.Reason> reset =
                view.newest(spec.name())
                        .filter(SeenContainer::wasReset)
                        .map(_ -> isResetting() ? ContainerReset.WAIT : usualWait());
        return ContainerWaits.of(view, spec, now).or(() -> reset);
    }

    /** Compat: told until the status after the one that last said so. */
    private boolean isResetting() {
        return Conditions.isTrue(before.path("conditions"), ContainerReset.CONDITION);
    }

    private static ObjectNode terminated(ContainerStatus status) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.put("exitCode", status.exitCode());
        made.put("reason", reason(status));
        if (!status.message().isEmpty()) {
            made.put("message", status.message());
        }
        made.put("startedAt", Conditions.timestamp(status.startedAt()));
        made.put("finishedAt", Conditions.timestamp(status.finishedAt()));
        made.put("containerID", ID_SCHEME + status.id());
        return made;
    }

    private static String reason(ContainerStatus status) {
        if (!status.reason().isEmpty()) {
            return status.reason();
        }
        return status.exitCode() == 0 ? "Completed" : "Error";
    }

    private static String imageName(SeenContainer seen, ContainerSpec spec) {
        boolean isKnown =
                seen.status().state() != ContainerState.UNKNOWN
                        && !seen.status().imageName().isEmpty();
        return isKnown ? seen.status().imageName() : spec.image();
    }

    private static void putResources(ObjectNode made, ContainerSpec spec, SeenContainer seen) {
        Optional<LinuxResources> actual =
                seen.isRunning() && spec.isResizable()
                        ? seen.status().resources()
                        : Optional.empty();
        made.set("resources", ContainerResources.of(spec.resources(), actual));
        if (spec.resources().path("requests").isObject()) {
            made.set("allocatedResources", spec.resources().path("requests").deepCopy());
        }
    }

    private static void putUser(ObjectNode made, ProcessUser user) {
        ObjectNode linux = made.putObject("user").putObject("linux");
        linux.put("uid", user.uid()).put("gid", user.gid());
        if (!user.supplementalGroups().isEmpty()) {
            ArrayNode groups = linux.putArray("supplementalGroups");
            user.supplementalGroups().forEach(groups::add);
        }
    }

    /** Compat: of what should be read-only with all below it, whether it is. */
    private static void putMounts(
            ObjectNode made, ContainerSpec spec, Optional<SeenContainer> newest) {
        ArrayNode mounts = made.arrayNode();
        for (JsonNode each : spec.tree().path("volumeMounts")) {
            ObjectNode mount = mounts.addObject();
            mount.put("name", Resource.text(each, "name"));
            String path = Resource.text(each, "mountPath");
            mount.put("mountPath", path);
            if (each.path("readOnly").asBoolean(false)) {
                boolean isRecursive =
                        newest.filter(seen -> seen.status().hasRecursivelyReadOnly(path))
                                .isPresent();
                mount.put("readOnly", true);
                mount.put("recursiveReadOnly", isRecursive ? "Enabled" : "Disabled");
            }
        }
        if (!mounts.isEmpty()) {
            made.set("volumeMounts", mounts);
        }
    }
}
