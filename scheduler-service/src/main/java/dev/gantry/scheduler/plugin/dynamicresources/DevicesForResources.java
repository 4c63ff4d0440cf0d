package dev.gantry.scheduler.plugin.dynamicresources;

import dev.gantry.scheduler.snapshot.device.ContainerAsk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says in requests of a claim what containers ask for in extended resources, and which container
 * gets which of them.
 *
 * <p>Compat: {@code createRequestsAndMappings}. Containers and sidecars get devices of their own.
 * An init container that ends uses those of the containers after it, and of what it needs beyond
 * that there is one request for all of them, as large as the largest needs.
 *
 * <p>Example: init container i asks for 3, container c for 2: requests c 2 and i 1; c is mapped to
 * its own, i to both.
 */
final class DevicesForResources {
    /** A request, and what it will be known as. */
    private record Wanted(String name, long count) {}

    /** Which container uses which request for which resource. */
    private record Use(String container, String resource, String request) {}

    private final List<ContainerAsk> asks;
    private final SortedMap<String, String> classes;
    private final SortedMap<String, ObjectNode> requests = new TreeMap<>();
    private final List<Use> uses = new ArrayList<>();

    /**
     * @param classes the name of the class that stands for each resource
     */
    DevicesForResources(List<ContainerAsk> asks, SortedMap<String, String> classes) {
        this.asks = asks;
        this.classes = classes;
        classes.keySet().forEach(this::resource);
    }

    /** As in a claim's {@code spec.devices.requests}, by name. */
    ArrayNode requests() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        requests.values().forEach(all::add);
        return all;
    }

    /** As in a pod's {@code status.extendedResourceClaimStatus.requestMappings}. */
    ArrayNode mappings() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (Use each : uses) {
            all.addObject()
                    .put("containerName", each.container)
                    .put("resourceName", each.resource)
                    .put("requestName", each.request);
        }
        return all;
    }

    private void resource(String resource) {
        Map<Integer, Wanted> lasting = new TreeMap<>();
        for (int i = 0; i < asks.size(); i++) {
            ContainerAsk.Amount amount = asks.get(i).amounts().get(resource);
            if (amount != null && !asks.get(i).endsEarly()) {
                var own = new Wanted(name(i, amount), amount.count());
                lasting.put(i, own);
                uses.add(new Use(asks.get(i).name(), resource, own.name));
            }
        }
        List<Use> early = new ArrayList<>();
        List<Wanted> more = new ArrayList<>();
        for (int i = 0; i < asks.size(); i++) {
            ContainerAsk.Amount amount = asks.get(i).amounts().get(resource);
            if (amount != null && asks.get(i).endsEarly()) {
                borrow(i, resource, amount, lasting, early).ifPresent(more::add);
            }
        }
        lasting.values().forEach(each -> add(resource, each));
        share(resource, more, early);
    }

    /** Returns what the container needs beyond what others after it have. */
    private Optional<Wanted> borrow(
            int container,
            String resource,
            ContainerAsk.Amount amount,
            Map<Integer, Wanted> lasting,
            List<Use> early) {
        String user = asks.get(container).name();
        long sum = 0;
        for (int i = container; i < asks.size() && sum < amount.count(); i++) {
            Wanted others = lasting.get(i);
            if (others != null) {
                sum += others.count;
                early.add(new Use(user, resource, others.name));
            }
        }
        if (sum >= amount.count()) {
            return Optional.empty();
        }
        var rest = new Wanted(name(container, amount), amount.count() - sum);
        early.add(new Use(user, resource, rest.name));
        return Optional.of(rest);
    }

    /** Those that end run one after the other: the first of the largest serves them all. */
    private void share(String resource, List<Wanted> more, List<Use> early) {
        Optional<Wanted> largest =
                more.stream().reduce((one, next) -> next.count > one.count ? next : one);
        largest.ifPresent(each -> add(resource, each));
        Set<String> names = new HashSet<>();
        more.forEach(each -> names.add(each.name));
        for (Use each : early) {
            String request =
                    names.contains(each.request) ? largest.orElseThrow().name : each.request;
            uses.add(new Use(each.container, each.resource, request));
        }
    }

    private void add(String resource, Wanted wanted) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("name", wanted.name);
        request.putObject("exactly")
                .put("deviceClassName", classes.get(resource))
                .put("allocationMode", "ExactCount")
                .put("count", wanted.count);
        requests.put(wanted.name, request);
    }

    private static String name(int container, ContainerAsk.Amount amount) {
        return "container-%d-request-%d".formatted(container, amount.place());
    }
}
