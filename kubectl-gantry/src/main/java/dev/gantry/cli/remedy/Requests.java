package dev.gantry.cli.remedy;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.scheduler.snapshot.pod.Amounts;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a pod asks for, as numbers and as text. */
public final class Requests {
    private static final long MEBI = 1L << 20;

    private Requests() {}

    /** Thousandths of a cpu; whole units of everything else. */
    public static String amount(String resource, long amount) {
        if (resource.equals("cpu")) {
            return Quantity.ofMilli(amount).toString();
        }
        return isBytes(resource) ? bytes(amount) : Long.toString(amount);
    }

    private static String bytes(long amount) {
        return Quantity.ofBytes(amount < MEBI ? amount : amount / MEBI * MEBI).toString();
    }

    /** What amounts are told in: thousandths of a cpu, whole mebibytes, or ones. */
    public static long unit(String resource) {
        return isBytes(resource) ? MEBI : 1;
    }

    /** The pod, asking for no more than {@code most} of the resource. */
    public static Resource atMost(Resource pod, String resource, long most) {
        Amounts asked = PodSighting.of(pod).info().signature().asked();
        long now =
                switch (resource) {
                    case "cpu" -> asked.milliCpu();
                    case "memory" -> asked.memoryBytes();
                    case "ephemeral-storage" -> asked.ephemeralBytes();
                    default -> asked.extended().getOrDefault(resource, 0L);
                };
        if (now <= most) {
            return pod;
        }
        Resource lowered = pod.copy();
        lower(Resource.child(lowered.tree(), "spec"), resource, most);
        return lowered;
    }

    private static boolean isBytes(String resource) {
        return resource.equals("memory")
                || resource.equals("ephemeral-storage")
                || resource.startsWith("hugepages-");
    }

    /** The most that can be said in round numbers: bytes in whole mebibytes. */
    static long rounded(String resource, long most) {
        return Quantity.parse(amount(resource, most))
                .map(each -> resource.equals("cpu") ? each.toMilli() : each.toLong())
                .orElse(most);
    }

    /** Whether one container alone asks for it, so that "its request" is a field one can edit. */
    static boolean isOfOneContainer(JsonNode spec, String resource) {
        return spec.path("overhead").path(resource).isMissingNode()
                && spec.path("resources").path("requests").path(resource).isMissingNode()
                && asking(spec, resource).size() == 1;
    }

    /**
     * Makes the pod as a whole ask for {@code most}. Where several containers share in it, the
     * pod's own resources say so, which count instead of their sum.
     */
    static void lower(ObjectNode spec, String resource, long most) {
        if (most == 0) {
            asking(spec, resource).forEach(each -> requests(each).remove(resource));
            requests(spec).remove(resource);
        } else if (isOfOneContainer(spec, resource)) {
            requests(asking(spec, resource).getFirst()).put(resource, exact(resource, most));
        } else {
            Quantity overhead =
                    PodResources.amounts(spec.path("overhead"))
                            .getOrDefault(resource, Quantity.ZERO);
            Quantity rest = quantity(resource, most).minus(overhead);
            requests(spec).put(resource, rest.toString());
        }
    }

    private static List<ObjectNode> asking(JsonNode spec, String resource) {
        List<ObjectNode> found = new ArrayList<>();
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                if (container.path("resources").path("requests").has(resource)) {
                    found.add((ObjectNode) container);
                }
            }
        }
        return found;
    }

    private static ObjectNode requests(ObjectNode owner) {
        return Resource.child(Resource.child(owner, "resources"), "requests");
    }

    private static String exact(String resource, long amount) {
        return quantity(resource, amount).toString();
    }

    private static Quantity quantity(String resource, long amount) {
        return resource.equals("cpu") ? Quantity.ofMilli(amount) : Quantity.ofBytes(amount);
    }
}
