package dev.gantry.scheduler.snapshot.pod;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.Gang;
import dev.gantry.model.pod.HeldResources;
import dev.gantry.model.pod.HostPort;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.taint.Toleration;
import dev.gantry.scheduler.snapshot.pod.PodInfo.Departure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod as the feed told of it.
 *
 * @param node where it is bound; empty where it is not
 * @param stage what this means for the scheduler
 * @param nominatedNode where it waits for others to make way; empty where it does not
 * @param gang the group that it is placed with; {@link Gang#NONE} where it is on its own
 */
public record PodSighting(
        PodInfo info, String node, Stage stage, String scheduler, String nominatedNode, Gang gang) {
    /** What a pod means to the scheduler. */
    public enum Stage {
        /** Waits for a node. */
        PENDING,
        /** Must not be placed yet: it has scheduling gates, or is being deleted. */
        HELD,
        /** Takes space on its node. */
        BOUND,
        /** Succeeded or failed: takes no space any more. */
        FINISHED
    }

    private static final String PREEMPTED = "PreemptionByScheduler";
    private static final String ASSUMED_CPU = "100m";
    private static final String ASSUMED_MEMORY = "200Mi";

    /** The same pod once it is bound. */
    public PodSighting boundTo(String where) {
        return new PodSighting(info, where, Stage.BOUND, scheduler, "", gang);
    }

    public static PodSighting of(Resource pod) {
        JsonNode spec = pod.spec();
        String node = Resource.text(spec, "nodeName");
        var info =
                new PodInfo(
                        pod.key(Resources.PODS),
                        pod.uid(),
                        pod.revision(),
                        spec.path("priority").asInt(0),
                        !Resource.text(spec, "preemptionPolicy").equals("Never"),
                        pod.creationTime().orElse(Instant.EPOCH),
                        Resource.instant(pod.status().path("startTime")).orElse(Instant.MAX),
                        pod.controller().map(Owner::uid).map(Object::toString).orElse(""),
                        pod.labels(),
                        departure(pod),
                        signature(pod),
                        PodNeeds.of(pod),
                        Mobility.of(pod));
        return new PodSighting(
                info,
                node,
                stage(pod, node),
                Resource.text(spec, "schedulerName"),
                Resource.text(pod.status(), "nominatedNodeName"),
                Gang.of(pod));
    }

    /** Compat: preemption's {@code podTerminatingByPreemption}. */
    private static Departure departure(Resource pod) {
        if (!pod.isBeingDeleted()) {
            return Departure.NONE;
        }
        return Conditions.find(pod.status().path("conditions"), "DisruptionTarget")
                        .filter(each -> Resource.text(each, "status").equals("True"))
                        .filter(each -> Resource.text(each, "reason").equals(PREEMPTED))
                        .isPresent()
                ? Departure.MAKING_WAY
                : Departure.LEAVING;
    }

    private static Stage stage(Resource pod, String node) {
        String phase = Resource.text(pod.status(), "phase");
        if (phase.equals("Succeeded") || phase.equals("Failed")) {
            return Stage.FINISHED;
        }
        if (!node.isEmpty()) {
            return Stage.BOUND;
        }
        boolean gated = !pod.spec().path("schedulingGates").isEmpty();
        return gated || pod.isBeingDeleted() ? Stage.HELD : Stage.PENDING;
    }

    private static PodSignature signature(Resource pod) {
        JsonNode spec = pod.spec();
        JsonNode held = HeldResources.spec(pod);
        SortedMap<String, Quantity> asked = PodResources.requests(held);
        return new PodSignature(
                Amounts.of(asked),
                Amounts.of(scored(held, asked)),
                NodeAffinityTerms.of(spec),
                Toleration.listOf(spec.path("tolerations")),
                HostPort.listOf(spec),
                PodRelations.of(spec, pod.namespace(), pod.labels()),
                images(spec),
                profile(pod),
                NeededFeatures.of(spec),
                List.of());
    }

    /**
     * The images of all containers and volumes, in order, by the names that nodes have for them.
     */
    private static List<String> images(JsonNode spec) {
        List<String> found = new ArrayList<>();
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(list)) {
                found.add(tagged(Resource.text(container, "image")));
            }
        }
        for (JsonNode volume : spec.path("volumes")) {
            if (volume.has("image")) {
                found.add(tagged(Resource.text(volume.path("image"), "reference")));
            }
        }
        return List.copyOf(found);
    }

    private static String tagged(String image) {
        boolean hasTag = image.lastIndexOf(':') > image.lastIndexOf('/');
        return hasTag ? image : image + ":latest";
    }

    /** The pod's annotation or label; else its scheduler, which is a profile under its own name. */
    private static String profile(Resource pod) {
        String asked =
                pod.annotations()
                        .getOrDefault(
                                PodSignature.PROFILE,
                                pod.labels().getOrDefault(PodSignature.PROFILE, ""));
        String scheduler = Resource.text(pod.spec(), "schedulerName");
        boolean isDefault = scheduler.isEmpty() || scheduler.equals("default-scheduler");
        return asked.isEmpty() && !isDefault ? scheduler : asked;
    }

    /**
     * Compat: {@code getNonMissingContainerRequests}: without it, pods that ask for nothing would
     * all land on one node.
     */
    private static SortedMap<String, Quantity> scored(
            JsonNode spec, SortedMap<String, Quantity> asked) {
        SortedMap<String, String> assumed = assumed(spec, asked);
        boolean allAsk = true;
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                JsonNode requests = container.path("resources").path("requests");
                allAsk &= assumed.keySet().stream().allMatch(requests::has);
            }
        }
        if (allAsk) {
            return asked;
        }
        ObjectNode filled = JsonNodeFactory.instance.objectNode();
        for (String list : List.of("containers", "initContainers")) {
            if (spec.has(list)) {
                JsonNode containers = spec.path(list).deepCopy();
                containers.forEach(each -> fill((ObjectNode) each, assumed));
                filled.set(list, containers);
            }
        }
        if (spec.has("resources")) {
            filled.set("resources", spec.path("resources"));
        }
        SortedMap<String, Quantity> scored = new TreeMap<>(asked);
        scored.putAll(PodResources.requests(filled));
        PodResources.amounts(spec.path("overhead"))
                .forEach((name, amount) -> scored.merge(name, amount, Quantity::plus));
        return scored;
    }

    /** What each container is taken to ask for that says nothing of it. */
    private static SortedMap<String, String> assumed(
            JsonNode spec, SortedMap<String, Quantity> asked) {
        SortedMap<String, String> assumed =
                new TreeMap<>(Map.of("cpu", ASSUMED_CPU, "memory", ASSUMED_MEMORY));
        if (!spec.path("resources").path("requests").isEmpty()) {
            assumed.keySet().removeAll(asked.keySet());
        }
        return assumed;
    }

    private static void fill(ObjectNode container, SortedMap<String, String> assumed) {
        ObjectNode requests = Resource.child(Resource.child(container, "resources"), "requests");
        assumed.forEach(
                (name, amount) -> {
                    if (!requests.has(name)) {
                        requests.put(name, amount);
                    }
                });
    }
}
