package dev.gantry.agent.node;

import dev.gantry.agent.runtime.Image;
import dev.gantry.agent.runtime.RuntimeFeatures;
import dev.gantry.agent.runtime.RuntimeFeatures.HandlerFeatures;
import dev.gantry.agent.runtime.RuntimeVersion;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node as its own agent describes it in the API.
 *
 * <p>Conditions are left out: they travel with heartbeats, and monitoring has the word on them.
 */
public final class NodeTree {
    /** Compat: kubelet's {@code nodeStatusMaxImages}. */
    private static final int MAX_IMAGES = 50;

    private static final int MAX_NAMES = 5;
    private static final String KUBELET_VERSION = "v1.36.0+gantry.0.1.0";

    /**
     * What pods may count on here and not on every node, in order.
     *
     * <p>Compat: of component-helpers' {@code nodedeclaredfeatures} that are on in v1.36, those
     * that this agent has.
     */
    private static final List<String> DECLARED_FEATURES =
            List.of(
                    "ExtendWebSocketsToKubelet",
                    "GuaranteedQoSPodCPUResize",
                    "InPlacePodLevelResourcesVerticalScaling",
                    "InPlacePodVerticalScalingInitContainers",
                    "RestartAllContainersOnContainerExits");

    private static final Comparator<JsonNode> BY_VALUE = NodeTree::compare;

    /** Fields that the node has only while its runtime has something to tell in them. */
    private static final List<String> OF_RUNTIME = List.of("runtimeHandlers", "features");

    private NodeTree() {}

    /** What does not change while the agent runs. */
    public record Identity(
            String name,
            SortedMap<String, String> labels,
            List<String> addresses,
            int httpPort,
            Machine machine) {}

    /** What changes. */
    public record Current(
            Capacity capacity,
            RuntimeVersion runtime,
            RuntimeFeatures features,
            List<Image> images) {}

    /** How a new node enters the cluster: not ready until its heartbeats say otherwise. */
    public static Resource created(Identity identity) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("apiVersion", "v1").put("kind", "Node");
        ObjectNode metadata = node.putObject("metadata").put("name", identity.name());
        ObjectNode labels = metadata.putObject("labels");
        labels(identity).forEach(labels::put);
        node.putObject("spec")
                .putArray("taints")
                .addObject()
                .put("key", "node.kubernetes.io/not-ready")
                .put("effect", "NoSchedule");
        return new Resource(node);
    }

    public static SortedMap<String, String> labels(Identity identity) {
        SortedMap<String, String> labels = new TreeMap<>(identity.labels());
        String architecture = identity.machine().architecture();
        labels.put("kubernetes.io/hostname", identity.name());
        labels.put("kubernetes.io/os", "linux");
        labels.put("kubernetes.io/arch", architecture);
        labels.put("beta.kubernetes.io/os", "linux");
        labels.put("beta.kubernetes.io/arch", architecture);
        return labels;
    }

    /** What makes the node's status true; empty where it is. */
    public static Optional<ObjectNode> statusPatch(
            Resource stored, Identity identity, Current current) {
        ObjectNode wanted = status(identity, current);
        OF_RUNTIME.stream()
                .filter(each -> !wanted.has(each) && stored.status().has(each))
                .forEach(wanted::putNull);
        boolean isTrue =
                wanted.properties().stream()
                        .allMatch(
                                each ->
                                        each.getValue()
                                                .equals(
                                                        BY_VALUE,
                                                        stored.status().path(each.getKey())));
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        patch.set("status", wanted);
        return isTrue ? Optional.empty() : Optional.of(patch);
    }

    /** A small number that was written as a long is read as an int. */
    private static int compare(JsonNode one, JsonNode other) {
        boolean isSame =
                one.isIntegralNumber() && other.isIntegralNumber()
                        ? one.longValue() == other.longValue()
                        : one.equals(other);
        return isSame ? 0 : 1;
    }

    private static ObjectNode status(Identity identity, Current current) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.set("capacity", amounts(current.capacity().whole()));
        status.set("allocatable", amounts(current.capacity().allocatable()));
        ArrayNode addresses = status.putArray("addresses");
        for (String each : identity.addresses()) {
            addresses.addObject().put("type", "InternalIP").put("address", each);
        }
        addresses.addObject().put("type", "Hostname").put("address", identity.name());
        status.putObject("daemonEndpoints")
                .putObject("kubeletEndpoint")
                .put("Port", identity.httpPort());
        status.set("nodeInfo", nodeInfo(identity, current.runtime()));
        status.set("images", images(current.images()));
        putFeatures(status, current.features());
        return status;
    }

    /** Compat: told only as far as the runtime tells it. */
    private static void putFeatures(ObjectNode status, RuntimeFeatures features) {
        ArrayNode handlers = status.arrayNode();
        features.handlers().forEach((name, each) -> putHandler(handlers.addObject(), name, each));
        if (!handlers.isEmpty()) {
            status.set("runtimeHandlers", handlers);
        }
        features.groupsPolicy()
                .ifPresent(
                        each -> status.putObject("features").put("supplementalGroupsPolicy", each));
        ArrayNode declared = status.putArray("declaredFeatures");
        DECLARED_FEATURES.forEach(declared::add);
    }

    private static void putHandler(ObjectNode handler, String name, HandlerFeatures features) {
        handler.put("name", name)
                .putObject("features")
                .put("recursiveReadOnlyMounts", features.hasRecursiveReadOnlyMounts())
                .put("userNamespaces", features.hasUserNamespaces());
    }

    public static ObjectNode amounts(SortedMap<String, Quantity> amounts) {
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        amounts.forEach((name, amount) -> made.put(name, amount.toString()));
        return made;
    }

    private static ObjectNode nodeInfo(Identity identity, RuntimeVersion runtime) {
        Machine machine = identity.machine();
        return JsonNodeFactory.instance
                .objectNode()
                .put("machineID", machine.machineId())
                .put("systemUUID", machine.systemUuid())
                .put("bootID", machine.bootId())
                .put("kernelVersion", machine.kernelVersion())
                .put("osImage", machine.osImage())
                .put("containerRuntimeVersion", runtime.name() + "://" + runtime.version())
                .put("kubeletVersion", KUBELET_VERSION)
                .put("kubeProxyVersion", "")
                .put("operatingSystem", "linux")
                .put("architecture", machine.architecture());
    }

    /** The largest first, as far as there is room. */
    private static ArrayNode images(List<Image> images) {
        ArrayNode made = JsonNodeFactory.instance.arrayNode();
        images.stream()
                .sorted(
                        Comparator.comparingLong(Image::sizeBytes)
                                .reversed()
                                .thenComparing(Image::id))
                .limit(MAX_IMAGES)
                .forEach(
                        each -> {
                            SequencedSet<String> names = new LinkedHashSet<>(each.digests());
                            names.addAll(each.tags());
                            ObjectNode entry = made.addObject();
                            ArrayNode list = entry.putArray("names");
                            names.stream().limit(MAX_NAMES).forEach(list::add);
                            entry.put("sizeBytes", each.sizeBytes());
                        });
        return made;
    }
}
