package dev.gantry.agent.status;

import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.pod.PodPhase;
import dev.gantry.agent.pod.PodView;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod's whole status.
 *
 * <p>Compat: {@code generateAPIPodStatus} and {@code convertStatusToAPIStatus} of {@code
 * pkg/kubelet/kubelet_pods.go}. Resources of the pod as a whole are told only of pods that name
 * some.
 */
public final class PodStatusTree {
    private final PodView view;
    private final NodeFacts node;
    private final JsonNode before;
    private final Instant now;

    /**
     * @param before the last status that was reported, or what the API has
     */
    public PodStatusTree(PodView view, NodeFacts node, JsonNode before, Instant now) {
        this.view = view;
        this.node = node;
        this.before = before;
        this.now = now;
    }

    public ObjectNode made() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        PodPhase phase = shownPhase();
        long generation = view.pod().pod().generation();
        if (generation > 0) {
            status.put("observedGeneration", generation);
        }
        status.put("phase", phase.wire());
        putReason(status);
        boolean isRefused = view.memory().failure().filter(PodFailure::isRefusal).isPresent();
        if (!isRefused) {
            putAddresses(status);
        }
        status.put("startTime", Conditions.timestamp(view.memory().startedAt()));
        status.put("qosClass", view.pod().qosClass().wire());
        if (!isRefused) {
            putDetails(status, phase);
        }
        return status;
    }

    /** What there is to tell of a pod that the node took on. */
    private void putDetails(ObjectNode status, PodPhase phase) {
        var containers = new ContainerStatusTree(view, before, now);
        ArrayNode inits = status.arrayNode();
        view.pod().inits().forEach(each -> inits.add(containers.of(each)));
        if (!inits.isEmpty()) {
            status.set("initContainerStatuses", inits);
        }
        ArrayNode mains = status.putArray("containerStatuses");
        view.pod().mains().forEach(each -> mains.add(containers.of(each)));
        ArrayNode ephemerals = status.arrayNode();
        view.pod().ephemerals().forEach(each -> ephemerals.add(containers.of(each)));
        if (!ephemerals.isEmpty()) {
            status.set("ephemeralContainerStatuses", ephemerals);
        }
        putResources(status);
        var conditions = new PodConditions(view, containers, phase, before.path("conditions"));
        status.set("conditions", conditions.made(now));
    }

    /** Compat: a pod is over only once nothing of it runs, so that its successor may start. */
    private PodPhase shownPhase() {
        PodPhase phase = PodPhase.of(view);
        String before = Resource.text(this.before, "phase");
        boolean wasOver = before.equals("Failed") || before.equals("Succeeded");
        return phase.isOver() && view.anythingRuns() && !wasOver ? PodPhase.RUNNING : phase;
    }

    private void putReason(ObjectNode status) {
        if (view.memory().failure().isPresent()) {
            status.put("reason", view.memory().failure().get().reason());
            status.put("message", view.memory().failure().get().statusMessage());
            return;
        }
        for (String each : List.of("reason", "message")) {
            String text = Resource.text(before, each);
            if (!text.isEmpty() && PodPhase.of(view).isOver()) {
                status.put(each, text);
            }
        }
    }

    /** While the pod's cgroup does not hold what was allocated, what it held before is told. */
    private void putResources(ObjectNode status) {
        JsonNode spec = view.pod().spec();
        if (!spec.path("resources").isObject()) {
            return;
        }
        boolean isChanging = view.memory().resize().actuation().isPresent();
        if (isChanging && before.path("resources").isObject()) {
            status.set("resources", before.path("resources").deepCopy());
        } else {
            ObjectNode resources = status.putObject("resources");
            put(resources, "limits", PodResources.limits(spec));
            put(resources, "requests", PodResources.requests(spec));
        }
        put(status, "allocatedResources", PodResources.requests(spec));
    }

    private static void put(ObjectNode parent, String field, SortedMap<String, Quantity> amounts) {
        if (!amounts.isEmpty()) {
            ObjectNode made = parent.putObject(field);
            amounts.forEach((name, amount) -> made.put(name, amount.toString()));
        }
    }

    private void putAddresses(ObjectNode status) {
        status.put("hostIP", node.ips().getFirst());
        ArrayNode hostIps = status.putArray("hostIPs");
        node.ips().forEach(each -> hostIps.addObject().put("ip", each));
        List<String> ips = podIps();
        if (!ips.isEmpty()) {
            status.put("podIP", ips.getFirst());
            ArrayNode podIps = status.putArray("podIPs");
            ips.forEach(each -> podIps.addObject().put("ip", each));
        }
    }

    /** A pod that ends keeps the addresses it had. */
    private List<String> podIps() {
        if (view.pod().isOnHostNetwork()) {
            return view.sandbox().isPresent() ? node.ips() : List.of();
        }
        List<String> current = view.readySandbox().map(PodSandbox::ips).orElse(List.of());
        if (!current.isEmpty() || !view.mustStop()) {
            return current;
        }
        List<String> kept = new ArrayList<>();
        before.path("podIPs").forEach(each -> kept.add(Resource.text(each, "ip")));
        return kept;
    }

    /** The names of the given containers as Go prints a list. */
    static String names(List<ContainerSpec> containers) {
        return "[" + String.join(" ", containers.stream().map(ContainerSpec::name).toList()) + "]";
    }
}
