package dev.gantry.client.controller;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads the objects of a cluster as they are known here: from a cache (client-go: a lister), a
 * simulation, or a test's handful.
 *
 * <p>Lists are in key order. What is read here may be a little old, but never older than the last
 * write that the reader made for the key in question.
 */
public interface ClusterReader {
    Optional<Resource> get(ObjectKey key);

    /** All kinds that there are: those that are built in, and those that are defined. */
    default List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>(Kinds.ALL);
        for (Resource each : list(Kinds.CUSTOM_RESOURCE_DEFINITION.resource())) {
            CustomKinds.of(each).ifPresent(kinds::add);
        }
        return kinds;
    }

    /** Kinds of extension servers, whose objects are all known here. */
    default List<Kind> aggregatedKinds() {
        return List.of();
    }

    List<Resource> list(GroupResource resource);

    /** This default reads all objects; a reader of many keeps an index. */
    default List<Resource> list(GroupResource resource, String namespace) {
        return list(resource).stream()
                .filter(object -> object.namespace().equals(namespace))
                .toList();
    }

    default boolean isEmpty(GroupResource resource, String namespace) {
        return list(resource, namespace).isEmpty();
    }

    /** Objects that name {@code owner} among their owners, controlling or not; as above. */
    default List<Resource> ownedBy(Uid owner, GroupResource resource) {
        return list(resource).stream()
                .filter(o -> o.owners().stream().anyMatch(each -> each.uid().equals(owner)))
                .toList();
    }

    /** All that name {@code owner} among their owners, of kinds that are known here. */
    default List<ObjectKey> ownedBy(Uid owner) {
        return Stream.concat(kinds().stream(), aggregatedKinds().stream())
                .map(Kind::resource)
                .flatMap(each -> ownedBy(owner, each).stream().map(found -> found.key(each)))
                .toList();
    }

    /** Objects that no owner controls: those that one might adopt. */
    default List<Resource> orphans(GroupResource resource, String namespace) {
        return list(resource, namespace).stream()
                .filter(object -> object.controller().isEmpty())
                .toList();
    }

    /** Pods that are bound to the node. */
    default List<Resource> podsOn(String node) {
        return list(Resources.PODS).stream()
                .filter(pod -> Resource.text(pod.spec(), "nodeName").equals(node))
                .toList();
    }

    /** Pods that a Service selects; none where it has no selector. */
    default List<Resource> selectedBy(Resource service) {
        return ServiceSelector.of(service)
                .map(
                        selector ->
                                list(Resources.PODS, service.namespace()).stream()
                                        .filter(selector::selects)
                                        .toList())
                .orElse(List.of());
    }

    /** Services that select a pod, which need not be there any more, or not yet; in any order. */
    default List<Resource> servicesSelecting(Resource pod) {
        return list(Resources.SERVICES, pod.namespace()).stream()
                .filter(
                        service ->
                                ServiceSelector.of(service).filter(s -> s.selects(pod)).isPresent())
                .toList();
    }

    /** EndpointSlices that name the Service, which need not be there; whoever keeps them. */
    default List<Resource> slicesOf(ObjectKey service) {
        return list(Resources.ENDPOINT_SLICES, service.namespace()).stream()
                .filter(slice -> ServiceSlices.serviceOf(slice).filter(service::equals).isPresent())
                .toList();
    }

    /**
     * Whether the lists of this namespace that the controller needed came from the API just now.
     */
    default boolean isFresh(String namespace) {
        return false;
    }

    /** What the API said just now to a query that the controller named as a live read. */
    default Optional<ApiAnswer> answer(ApiQuery query) {
        return Optional.empty();
    }

    /** Why the API refused the last plan for this key; empty where it went well. */
    default Optional<String> lastRefusal(ObjectKey key) {
        return Optional.empty();
    }
}
