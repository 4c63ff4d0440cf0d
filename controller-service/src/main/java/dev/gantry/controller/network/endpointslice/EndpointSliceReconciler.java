package dev.gantry.controller.network.endpointslice;

import dev.gantry.client.controller.ServiceSlices;
import dev.gantry.controller.network.endpoints.shared.Backend;
import dev.gantry.controller.network.endpoints.shared.Backends;
import dev.gantry.controller.network.endpoints.shared.ServicePorts;
import dev.gantry.controller.owner.Ownership;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Groups the backends by family and ports, and has each group fill its slices. */
final class EndpointSliceReconciler implements Reconciler<EndpointSliceView, Action> {
    private static final GroupResource SLICES = Resources.ENDPOINT_SLICES;

    private record GroupKey(String addressType, JsonNode ports) {}

    @Override
    public Plan<Action> reconcile(EndpointSliceView view, Instant now) {
        List<Action> actions = new ArrayList<>();
        Map<GroupKey, EndpointSliceGroup> groups = groups(view);
        for (Resource slice : view.slices()) {
            EndpointSliceGroup group = groups.get(keyOf(slice));
            if (group == null) {
                actions.add(delete(slice));
            } else {
                group.offer(slice);
            }
        }
        groups.forEach((key, group) -> actions.addAll(actions(view, key, group)));
        return Plan.of(actions);
    }

    private static Map<GroupKey, EndpointSliceGroup> groups(EndpointSliceView view) {
        Map<GroupKey, EndpointSliceGroup> groups = new LinkedHashMap<>();
        for (String family : families(view.service())) {
            boolean isIpv6 = family.equals("IPv6");
            boolean isEmpty = true;
            for (Backend backend : view.backends()) {
                List<String> addresses = backend.addresses(isIpv6);
                if (!addresses.isEmpty()) {
                    ArrayNode ports = ServicePorts.resolve(view.service(), backend.pod());
                    groups.computeIfAbsent(
                                    new GroupKey(family, ports), _ -> new EndpointSliceGroup())
                            .want(endpoint(view, backend, addresses));
                    isEmpty = false;
                }
            }
            if (isEmpty) {
                // Compat: a Service without backends has one slice without endpoints and ports.
                ArrayNode none = JsonNodeFactory.instance.arrayNode();
                groups.put(new GroupKey(family, none), new EndpointSliceGroup());
            }
        }
        return groups;
    }

    private static List<Action> actions(
            EndpointSliceView view, GroupKey key, EndpointSliceGroup group) {
        List<Action> actions = new ArrayList<>();
        List<EndpointSliceGroup.Content> contents = group.distribute();
        boolean isAllEmpty = contents.stream().allMatch(each -> each.endpoints().isEmpty());
        if (isAllEmpty && contents.isEmpty()) {
            ArrayNode none = JsonNodeFactory.instance.arrayNode();
            return List.of(new Action.Create(SLICES, slice(view.service(), key, none)));
        }
        boolean keepsPlaceholder = isAllEmpty;
        for (EndpointSliceGroup.Content content : contents) {
            Resource before = content.slice();
            if (before == null) {
                Resource made = slice(view.service(), key, content.endpoints());
                actions.add(new Action.Create(SLICES, made));
            } else if (content.endpoints().isEmpty() && !keepsPlaceholder) {
                actions.add(delete(before));
            } else {
                keepsPlaceholder = false;
                change(view.service(), before, content.endpoints(), actions);
            }
        }
        return actions;
    }

    private static void change(
            Resource service, Resource before, ArrayNode endpoints, List<Action> actions) {
        JsonNode labels = labels(service);
        JsonNode current = before.tree().path("endpoints");
        boolean hasEndpoints = current.isArray() ? current.equals(endpoints) : endpoints.isEmpty();
        if (hasEndpoints && before.metadata().path("labels").equals(labels)) {
            return;
        }
        Resource copy = before.copy();
        copy.tree().set("endpoints", endpoints);
        copy.mutableMetadata().set("labels", labels);
        actions.add(new Action.Update(SLICES, copy));
    }

    private static Resource slice(Resource service, GroupKey key, ArrayNode endpoints) {
        ObjectNode slice = JsonNodeFactory.instance.objectNode();
        slice.put("apiVersion", "discovery.k8s.io/v1").put("kind", "EndpointSlice");
        ObjectNode metadata = slice.putObject("metadata");
        metadata.put("generateName", service.name() + "-").put("namespace", service.namespace());
        metadata.set("labels", labels(service));
        metadata.putArray("ownerReferences").add(Ownership.reference(owner(service)));
        slice.put("addressType", key.addressType());
        slice.set("endpoints", endpoints);
        slice.set("ports", key.ports().deepCopy());
        return new Resource(slice);
    }

    private static ObjectNode labels(Resource service) {
        ObjectNode labels = JsonNodeFactory.instance.objectNode();
        service.labels().forEach(labels::put);
        labels.remove("service.kubernetes.io/headless");
        labels.put(EndpointSliceView.MANAGED_BY, EndpointSliceView.OURSELVES);
        labels.put(ServiceSlices.SERVICE_NAME, service.name());
        if (Backends.isHeadless(service)) {
            labels.put("service.kubernetes.io/headless", "");
        }
        return labels;
    }

    private static ObjectNode endpoint(
            EndpointSliceView view, Backend backend, List<String> addresses) {
        ObjectNode endpoint = JsonNodeFactory.instance.objectNode();
        ArrayNode list = endpoint.putArray("addresses");
        addresses.forEach(list::add);
        boolean isReady =
                Backends.publishesNotReady(view.service())
                        || (backend.isServing() && !backend.isTerminating());
        endpoint.putObject("conditions")
                .put("ready", isReady)
                .put("serving", backend.isServing())
                .put("terminating", backend.isTerminating());
        String hostname = backend.hostname(view.service());
        if (!hostname.isEmpty()) {
            endpoint.put("hostname", hostname);
        }
        endpoint.set("targetRef", backend.targetReference());
        String node = PodLife.node(backend.pod());
        if (!node.isEmpty()) {
            endpoint.put("nodeName", node);
        }
        String zone = view.zones().get(node);
        if (zone != null) {
            endpoint.put("zone", zone);
        }
        Hints.put(view.service(), endpoint);
        return endpoint;
    }

    private static List<String> families(Resource service) {
        List<String> found = new ArrayList<>();
        service.spec().path("ipFamilies").forEach(each -> found.add(each.asString("")));
        return found.isEmpty() ? List.of("IPv4") : found;
    }

    /** The Service as owner: the feed's objects may come without apiVersion and kind. */
    private static Resource owner(Resource service) {
        Resource copy = service.copy();
        copy.tree().put("apiVersion", "v1").put("kind", "Service");
        return copy;
    }

    private static GroupKey keyOf(Resource slice) {
        JsonNode ports = slice.tree().path("ports");
        return new GroupKey(
                Resource.text(slice.tree(), "addressType"),
                ports.isArray() ? ports : JsonNodeFactory.instance.arrayNode());
    }

    private static Action delete(Resource slice) {
        return new Action.Delete(slice.key(SLICES), slice.uid(), Propagation.BACKGROUND);
    }
}
