package dev.gantry.agent.status;

import dev.gantry.agent.pod.ContainerReset;
import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.pod.PodPhase;
import dev.gantry.agent.pod.PodResize;
import dev.gantry.agent.pod.PodView;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.ContainerSpec.Role;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.condition.Conditions.Wanted;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The conditions that an agent owns.
 *
 * <p>Compat: {@code pkg/kubelet/status/generate.go}, reasons and messages included.
 */
final class PodConditions {
    private static final String READY = "Ready";
    private static final String INITIALIZED = "Initialized";
    private static final String CONTAINERS_READY = "ContainersReady";
    private static final String READY_TO_START = "PodReadyToStartContainers";
    private static final String DISRUPTION = "DisruptionTarget";

    private final PodView view;
    private final ContainerStatusTree containers;
    private final PodPhase phase;
    private final JsonNode before;

    PodConditions(PodView view, ContainerStatusTree containers, PodPhase phase, JsonNode before) {
        this.view = view;
        this.containers = containers;
        this.phase = phase;
        this.before = before;
    }

    ArrayNode made(Instant now) {
        Wanted containersReady = containersReady();
        List<Wanted> all = new ArrayList<>();
        all.add(wanted(READY_TO_START, hasSandbox(), "", ""));
        all.add(initialized());
        all.add(ready(containersReady));
        all.add(containersReady);
        view.memory()
                .failure()
                .filter(why -> why.reason().equals(PodFailure.EVICTED))
                .ifPresent(
                        why ->
                                all.add(
                                        wanted(
                                                DISRUPTION,
                                                true,
                                                "TerminationByKubelet",
                                                why.message())));
        if (view.pod().mayRestartAll()) {
            all.add(restarting());
        }
        ArrayNode made = resizing();
        for (Wanted each : all) {
            Conditions.find(before, each.type()).ifPresent(old -> made.add(kept(old)));
            Conditions.set(made, each, now);
        }
        long generation = view.pod().pod().generation();
        for (JsonNode each : made) {
            putProbeTime((ObjectNode) each, generation);
        }
        return made;
    }

    /**
     * Compat: there only while they are true; their time is that of their reason, and their
     * generation that of the pod which asked.
     */
    private ArrayNode resizing() {
        ArrayNode made = JsonNodeFactory.instance.arrayNode();
        if (phase.isOver()) {
            return made;
        }
        PodResize resize = view.memory().resize();
        resize.pending()
                .ifPresent(
                        each ->
                                addResizing(
                                        made,
                                        wanted(
                                                PodResize.PENDING,
                                                true,
                                                each.reason(),
                                                each.message()),
                                        each.since(),
                                        each.generation()));
        resize.actuation()
                .ifPresent(
                        each ->
                                addResizing(
                                        made,
                                        wanted(
                                                PodResize.IN_PROGRESS,
                                                true,
                                                each.error().isEmpty() ? "" : "Error",
                                                each.error()),
                                        each.since(),
                                        each.generation()));
        return made;
    }

    private static void addResizing(
            ArrayNode conditions, Wanted wanted, Instant since, long generation) {
        Conditions.set(conditions, wanted, since);
        ObjectNode made = (ObjectNode) conditions.get(conditions.size() - 1);
        made.put("lastProbeTime", Conditions.timestamp(since));
        if (generation > 0) {
            made.put("observedGeneration", generation);
        }
    }

    private static ObjectNode kept(JsonNode old) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (String each : List.of("type", "status", "reason", "message", "lastTransitionTime")) {
            if (old.hasNonNull(each)) {
                copy.set(each, old.get(each));
            }
        }
        return copy;
    }

    private static void putProbeTime(ObjectNode condition, long generation) {
        if (condition.has("lastProbeTime")) {
            return;
        }
        condition.putNull("lastProbeTime");
        if (generation > 0) {
            condition.put("observedGeneration", generation);
        }
    }

    private boolean hasSandbox() {
        return view.readySandbox()
                .map(each -> view.pod().isOnHostNetwork() || !each.ips().isEmpty())
                .orElse(false);
    }

    private Wanted restarting() {
        return switch (phase) {
            case SUCCEEDED -> wanted(ContainerReset.CONDITION, false, "PodCompleted", "");
            case FAILED -> wanted(ContainerReset.CONDITION, false, "PodFailed", "");
            case PENDING, RUNNING ->
                    view.restartsAll()
                            ? wanted(
                                    ContainerReset.CONDITION,
                                    true,
                                    "RestartAllContainersStarted",
                                    "container exited with restart policy rule")
                            : wanted(ContainerReset.CONDITION, false, "", "");
        };
    }

    /** Compat: what was initialized once stays so, also while its init containers run again. */
    private Wanted initialized() {
        if (phase == PodPhase.SUCCEEDED) {
            return wanted(INITIALIZED, true, "PodCompleted", "");
        }
        List<ContainerSpec> incomplete =
                view.pod().inits().stream().filter(each -> !isInitialized(each)).toList();
        boolean wasInitialized = Conditions.isTrue(before, INITIALIZED);
        if (incomplete.isEmpty() || view.hasInitialized() || wasInitialized) {
            return wanted(INITIALIZED, true, "", "");
        }
        String message = "containers with incomplete status: " + PodStatusTree.names(incomplete);
        return wanted(INITIALIZED, false, "ContainersNotInitialized", message);
    }

    private boolean isInitialized(ContainerSpec init) {
        return init.role() == Role.SIDECAR ? view.hasStarted(init) : containers.isReady(init);
    }

    private Wanted containersReady() {
        if (phase == PodPhase.SUCCEEDED) {
            return wanted(CONTAINERS_READY, false, "PodCompleted", "");
        }
        if (phase == PodPhase.FAILED) {
            return wanted(CONTAINERS_READY, false, "PodFailed", "");
        }
        List<ContainerSpec> unready =
                view.pod().containers().stream()
                        .filter(each -> each.role() != Role.INIT && each.role() != Role.EPHEMERAL)
                        .filter(each -> !containers.isReady(each))
                        .toList();
        if (unready.isEmpty()) {
            return wanted(CONTAINERS_READY, true, "", "");
        }
        String message = "containers with unready status: " + PodStatusTree.names(unready);
        return wanted(CONTAINERS_READY, false, "ContainersNotReady", message);
    }

    private Wanted ready(Wanted containersReady) {
        if (!containersReady.status().equals("True")) {
            return new Wanted(READY, "False", containersReady.reason(), containersReady.message());
        }
        List<String> missing = new ArrayList<>();
        for (JsonNode gate : view.pod().spec().path("readinessGates")) {
            gateProblem(Resource.text(gate, "conditionType")).ifPresent(missing::add);
        }
        if (missing.isEmpty()) {
            return wanted(READY, true, "", "");
        }
        return wanted(READY, false, "ReadinessGatesNotReady", String.join(", ", missing));
    }

    private Optional<String> gateProblem(String type) {
        JsonNode stored = view.pod().pod().status().path("conditions");
        Optional<JsonNode> found = Conditions.find(stored, type);
        if (found.isEmpty()) {
            return Optional.of(
                    "corresponding condition of pod readiness gate \"%s\" does not exist."
                            .formatted(type));
        }
        String status = Resource.text(found.get(), "status");
        return status.equals("True")
                ? Optional.empty()
                : Optional.of(
                        "the status of pod readiness gate \"%s\" is not \"True\", but %s"
                                .formatted(type, status));
    }

    private static Wanted wanted(String type, boolean isTrue, String reason, String message) {
        return new Wanted(type, isTrue ? "True" : "False", reason, message);
    }
}
