package dev.gantry.controller.network.endpoints;

import dev.gantry.controller.network.endpoints.shared.Backend;
import dev.gantry.controller.network.endpoints.shared.Backends;
import dev.gantry.controller.network.endpoints.shared.ServicePorts;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Pods with the same ports make one subset, the ready ones apart from the others. */
final class EndpointsReconciler implements Reconciler<EndpointsView, Action> {
    private static final GroupResource ENDPOINTS = Resources.ENDPOINTS;
    private static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
    private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";
    private static final String HEADLESS = "service.kubernetes.io/headless";
    private static final int CAPACITY = 1000;

    @Override
    public Plan<Action> reconcile(EndpointsView view, Instant now) {
        Optional<Resource> before = view.endpoints();
        if (view.service().isEmpty()) {
            // Compat: only those that we made; a user may keep Endpoints without a Service.
            return before.filter(found -> found.labels().containsKey(MANAGED_BY))
                    .map(found -> Plan.of(List.of(delete(found))))
                    .orElse(Plan.settled());
        }
        Resource wanted = wanted(view.service().get(), view.backends(), before);
        if (before.isEmpty()) {
            return Plan.of(List.of(new Action.Create(ENDPOINTS, wanted)));
        }
        boolean isSame =
                before.get().metadata().equals(wanted.metadata())
                        && subsets(before.get()).equals(subsets(wanted));
        return isSame ? Plan.settled() : Plan.of(List.of(new Action.Update(ENDPOINTS, wanted)));
    }

    private static Resource wanted(
            Resource service, List<Backend> backends, Optional<Resource> before) {
        Resource wanted =
                before.map(Resource::copy)
                        .orElseGet(() -> new Resource(JsonNodeFactory.instance.objectNode()));
        wanted.tree().put("apiVersion", "v1").put("kind", "Endpoints");
        ObjectNode metadata = wanted.mutableMetadata();
        metadata.put("name", service.name()).put("namespace", service.namespace());
        ObjectNode labels = metadata.putObject("labels");
        service.labels().forEach(labels::put);
        labels.remove(HEADLESS);
        labels.put(MANAGED_BY, "endpoint-controller");
        if (Backends.isHeadless(service)) {
            labels.put(HEADLESS, "");
        }
        List<Backend> counted = backends.stream().filter(each -> !each.isTerminating()).toList();
        markCapacity(metadata, counted.size() > CAPACITY);
        ArrayNode subsets = subsets(service, counted.stream().limit(CAPACITY).toList());
        if (subsets.isEmpty()) {
            wanted.tree().remove("subsets");
        } else {
            wanted.tree().set("subsets", subsets);
        }
        return wanted;
    }

    private static void markCapacity(ObjectNode metadata, boolean isOver) {
        if (isOver) {
            Resource.child(metadata, "annotations").put(OVER_CAPACITY, "truncated");
        } else if (metadata.path("annotations") instanceof ObjectNode annotations) {
            annotations.remove(OVER_CAPACITY);
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
    }

    private static ArrayNode subsets(Resource service, List<Backend> backends) {
        boolean isIpv6 = service.spec().path("ipFamilies").path(0).asString("IPv4").equals("IPv6");
        Map<JsonNode, ObjectNode> byPorts = new LinkedHashMap<>();
        for (Backend each : backends) {
            ArrayNode ports = ServicePorts.resolve(service, each.pod());
            boolean hasPorts = !ports.isEmpty();
            if (each.addresses(isIpv6).isEmpty() || (!hasPorts && !Backends.isHeadless(service))) {
                continue;
            }
            ObjectNode subset =
                    byPorts.computeIfAbsent(ports, _ -> JsonNodeFactory.instance.objectNode());
            boolean isReady = each.isServing() || Backends.publishesNotReady(service);
            ArrayNode list = Resource.array(subset, isReady ? "addresses" : "notReadyAddresses");
            list.add(address(service, each, each.addresses(isIpv6).getFirst()));
        }
        ArrayNode subsets = JsonNodeFactory.instance.arrayNode();
        byPorts.forEach((ports, subset) -> subsets.add(withPorts(subset, ports)));
        return subsets;
    }

    private static ObjectNode withPorts(ObjectNode subset, JsonNode ports) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (JsonNode port : ports) {
            ObjectNode copy = (ObjectNode) port.deepCopy();
            if (Resource.text(copy, "name").isEmpty()) {
                copy.remove("name");
            }
            list.add(copy);
        }
        if (!list.isEmpty()) {
            subset.set("ports", list);
        }
        return subset;
    }

    private static ObjectNode address(Resource service, Backend backend, String ip) {
        ObjectNode address = JsonNodeFactory.instance.objectNode();
        address.put("ip", ip);
        String hostname = backend.hostname(service);
        if (!hostname.isEmpty()) {
            address.put("hostname", hostname);
        }
        String node = PodLife.node(backend.pod());
        if (!node.isEmpty()) {
            address.put("nodeName", node);
        }
        address.set("targetRef", backend.targetReference());
        return address;
    }

    private static JsonNode subsets(Resource endpoints) {
        JsonNode found = endpoints.tree().path("subsets");
        return found.isArray() ? found : JsonNodeFactory.instance.arrayNode();
    }

    private static Action delete(Resource endpoints) {
        return new Action.Delete(endpoints.key(ENDPOINTS), endpoints.uid(), Propagation.BACKGROUND);
    }
}
