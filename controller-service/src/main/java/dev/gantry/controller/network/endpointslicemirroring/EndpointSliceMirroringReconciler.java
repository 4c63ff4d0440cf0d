package dev.gantry.controller.network.endpointslicemirroring;

import dev.gantry.client.controller.ServiceSlices;
import dev.gantry.controller.network.endpointslicemirroring.Mirror.Group;
import dev.gantry.controller.owner.Ownership;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Gives each group one slice: the one it has, else one that is left over, else a new one. */
final class EndpointSliceMirroringReconciler
        implements Reconciler<EndpointSliceMirroringView, Action> {
    private static final Set<String> NOT_COPIED =
            Set.of(
                    "endpoints.kubernetes.io/last-change-trigger-time",
                    "kubectl.kubernetes.io/last-applied-configuration");

    @Override
    public Plan<Action> reconcile(EndpointSliceMirroringView view, Instant now) {
        if (view.endpoints().isEmpty()) {
            return Plan.of(
                    view.slices().stream().map(EndpointSliceMirroringReconciler::delete).toList());
        }
        Resource endpoints = view.endpoints().get();
        Mirror mirror = Mirror.of(endpoints);
        List<Resource> spare = new ArrayList<>();
        Map<Group, Resource> kept = new LinkedHashMap<>();
        for (Resource slice : view.slices()) {
            Group group = Group.of(slice);
            boolean isWanted = mirror.groups().containsKey(group);
            if (!isWanted || kept.putIfAbsent(group, slice) != null) {
                spare.add(slice);
            }
        }
        List<Action> actions = new ArrayList<>();
        mirror.groups()
                .forEach(
                        (group, wanted) -> {
                            Optional<Resource> before =
                                    Optional.ofNullable(kept.get(group))
                                            .or(() -> reused(spare, group.addressType()));
                            write(endpoints, group, wanted, before).ifPresent(actions::add);
                        });
        spare.forEach(slice -> actions.add(delete(slice)));
        if (!actions.isEmpty()) {
            actions.addAll(events(endpoints, mirror));
        }
        return Plan.of(actions);
    }

    /** The family of a slice never changes; its ports may. */
    private static Optional<Resource> reused(List<Resource> spare, String addressType) {
        for (Iterator<Resource> each = spare.iterator(); each.hasNext(); ) {
            Resource slice = each.next();
            if (Group.of(slice).addressType().equals(addressType)) {
                each.remove();
                return Optional.of(slice);
            }
        }
        return Optional.empty();
    }

    private static Optional<Action> write(
            Resource endpoints, Group group, ArrayNode wanted, Optional<Resource> before) {
        Resource slice =
                before.map(Resource::copy)
                        .orElseGet(() -> new Resource(JsonNodeFactory.instance.objectNode()));
        describe(slice, endpoints);
        if (!Group.of(slice).equals(group)) {
            slice.tree().put("addressType", group.addressType());
            slice.tree().set("ports", group.ports().deepCopy());
        }
        if (before.isPresent() && hasSame(before.get().tree().path("endpoints"), wanted)) {
            if (slice.equals(before.get())) {
                return Optional.empty();
            }
        } else {
            slice.tree().set("endpoints", wanted);
        }
        return Optional.of(
                before.isPresent()
                        ? new Action.Update(EndpointSliceMirroringView.SLICES, slice)
                        : new Action.Create(EndpointSliceMirroringView.SLICES, slice));
    }

    private static boolean hasSame(JsonNode endpoints, ArrayNode wanted) {
        Set<JsonNode> found = new HashSet<>();
        endpoints.forEach(found::add);
        return endpoints.size() == wanted.size() && wanted.valueStream().allMatch(found::contains);
    }

    private static void describe(Resource slice, Resource endpoints) {
        ObjectNode metadata = slice.mutableMetadata();
        if (slice.name().isEmpty()) {
            slice.tree().put("apiVersion", "discovery.k8s.io/v1").put("kind", "EndpointSlice");
            metadata.put("generateName", endpoints.name() + "-");
            metadata.put("namespace", endpoints.namespace());
        }
        ObjectNode labels = metadata.putObject("labels");
        endpoints.labels().forEach(labels::put);
        labels.put(ServiceSlices.SERVICE_NAME, endpoints.name());
        labels.put(EndpointSliceMirroringView.MANAGED_BY, EndpointSliceMirroringView.OURSELVES);
        ObjectNode annotations = JsonNodeFactory.instance.objectNode();
        endpoints.annotations().forEach(annotations::put);
        annotations.remove(NOT_COPIED);
        if (annotations.isEmpty()) {
            metadata.remove("annotations");
        } else {
            metadata.set("annotations", annotations);
        }
        Resource owner = endpoints.copy();
        owner.tree().put("apiVersion", "v1").put("kind", "Endpoints");
        metadata.putArray("ownerReferences").add(Ownership.reference(owner));
    }

    private static List<Action> events(Resource endpoints, Mirror mirror) {
        List<Action> events = new ArrayList<>();
        if (mirror.invalid() > 0) {
            String told =
                    "Skipped %d invalid IP addresses when mirroring to EndpointSlices"
                            .formatted(mirror.invalid());
            events.add(
                    new Action.RecordEvent(
                            EndpointSliceMirroringView.ENDPOINTS,
                            endpoints,
                            true,
                            "InvalidIPAddress",
                            told));
        }
        if (mirror.skipped() > 0) {
            String told =
                    "A max of %d addresses can be mirrored to EndpointSlices per Endpoints subset. %d addresses were skipped"
                            .formatted(
                                    Mirror.MOST_OF_A_SUBSET, mirror.skipped() + mirror.invalid());
            events.add(
                    new Action.RecordEvent(
                            EndpointSliceMirroringView.ENDPOINTS,
                            endpoints,
                            true,
                            "TooManyAddressesToMirror",
                            told));
        }
        return events;
    }

    private static Action delete(Resource slice) {
        return new Action.Delete(
                slice.key(EndpointSliceMirroringView.SLICES), slice.uid(), Propagation.BACKGROUND);
    }
}
