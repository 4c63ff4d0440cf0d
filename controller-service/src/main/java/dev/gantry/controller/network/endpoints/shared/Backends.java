package dev.gantry.controller.network.endpoints.shared;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.selector.LabelSelector;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** From Services to their pods and back. */
public final class Backends {
    private static final GroupResource PODS = Resources.PODS;
    private static final GroupResource SERVICES = Resources.SERVICES;

    private Backends() {}

    /** In name order; pods that have finished or have no address yet are left out. */
    public static List<Backend> of(Resource service, ClusterReader cluster) {
        LabelSelector selector = selector(service);
        return cluster.list(PODS, service.namespace()).stream()
                .filter(pod -> selector.selects(pod.labels()))
                .filter(pod -> !PodLife.isFinished(pod))
                .map(Backend::of)
                .filter(each -> !each.addresses(false).isEmpty() || !each.addresses(true).isEmpty())
                .toList();
    }

    /** Whether the endpoints of this Service are ours to keep. */
    public static boolean isManaged(Resource service) {
        return !service.spec().path("selector").isEmpty()
                && !Resource.text(service.spec(), "type").equals("ExternalName");
    }

    public static boolean isHeadless(Resource service) {
        return Resource.text(service.spec(), "clusterIP").equals("None");
    }

    public static boolean publishesNotReady(Resource service) {
        return service.spec().path("publishNotReadyAddresses").asBoolean(false);
    }

    /**
     * Names the Services that a change of a pod concerns; none where nothing of interest changed.
     */
    public static void servicesOf(
            Optional<Resource> before,
            Optional<Resource> after,
            ClusterReader cluster,
            Consumer<ObjectKey> enqueue) {
        if (before.isPresent() && after.isPresent() && isSame(before.get(), after.get())) {
            return;
        }
        Resource any = after.or(() -> before).orElseThrow();
        for (Resource service : cluster.list(SERVICES, any.namespace())) {
            if (!isManaged(service)) {
                continue;
            }
            LabelSelector selector = selector(service);
            boolean concerned =
                    before.filter(pod -> selector.selects(pod.labels())).isPresent()
                            || after.filter(pod -> selector.selects(pod.labels())).isPresent();
            if (concerned) {
                enqueue.accept(service.key(SERVICES));
            }
        }
    }

    private static boolean isSame(Resource before, Resource after) {
        return before.uid().equals(after.uid())
                && before.isBeingDeleted() == after.isBeingDeleted()
                && PodLife.isReady(before) == PodLife.isReady(after)
                && PodLife.phase(before).equals(PodLife.phase(after))
                && PodLife.node(before).equals(PodLife.node(after))
                && before.status().path("podIPs").equals(after.status().path("podIPs"))
                && before.labels().equals(after.labels());
    }

    private static LabelSelector selector(Resource service) {
        SortedMap<String, String> pairs = new TreeMap<>();
        JsonNode selector = service.spec().path("selector");
        selector.properties().forEach(e -> pairs.put(e.getKey(), e.getValue().asString("")));
        return LabelSelector.exactly(pairs);
    }
}
