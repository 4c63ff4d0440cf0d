package dev.gantry.controller.network.endpoints.shared;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** From Services to their pods and back. */
public final class Backends {
    private static final GroupResource SERVICES = Resources.SERVICES;

    private Backends() {}

    /** In name order; pods that have finished or have no address yet are left out. */
    public static List<Backend> of(Resource service, ClusterReader cluster) {
        return cluster.selectedBy(service).stream()
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
        boolean isRelabelled =
                before.isPresent()
                        && after.isPresent()
                        && !before.get().labels().equals(after.get().labels());
        Stream<Resource> pods =
                isRelabelled
                        ? Stream.of(before.get(), after.get())
                        : after.or(() -> before).stream();
        pods.flatMap(pod -> cluster.servicesSelecting(pod).stream())
                .filter(Backends::isManaged)
                .forEach(service -> enqueue.accept(service.key(SERVICES)));
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
}
