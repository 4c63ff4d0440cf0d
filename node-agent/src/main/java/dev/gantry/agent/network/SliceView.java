package dev.gantry.agent.network;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What packet handling needs to know of an EndpointSlice. */
public record SliceView(
        String namespace, String service, Family family, List<Port> ports, List<Backend> backends) {
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    public record Port(String name, String protocol, int port) {}

    /** One address behind the Service; {@code node} is empty where none is named. */
    public record Backend(
            String address,
            String node,
            boolean isReady,
            boolean isServing,
            boolean isTerminating,
            Hints hints) {
        /** Whether it may still take traffic if no ready one is left. */
        boolean isServingTerminating() {
            return isServing && isTerminating;
        }
    }

    /** Whose packets the backend is meant for; empty sets where nothing is said. */
    public record Hints(Set<String> zones, Set<String> nodes) {
        public static final Hints NONE = new Hints(Set.of(), Set.of());

        static Hints of(JsonNode hints) {
            return hints.isEmpty()
                    ? NONE
                    : new Hints(names(hints.path("forZones")), names(hints.path("forNodes")));
        }

        private static Set<String> names(JsonNode list) {
            Set<String> found = new TreeSet<>();
            list.forEach(each -> found.add(Resource.text(each, "name")));
            return found;
        }
    }

    /** Empty where the slice belongs to no Service or holds no addresses. */
    public static Optional<SliceView> of(Resource slice) {
        String service = slice.labels().getOrDefault(SERVICE_LABEL, "");
        String type = Resource.text(slice.tree(), "addressType");
        for (Family family : Family.values()) {
            if (family.wire().equals(type) && !service.isEmpty()) {
                return Optional.of(
                        new SliceView(
                                slice.namespace(),
                                service,
                                family,
                                ports(slice.tree().path("ports")),
                                backends(slice.tree().path("endpoints"))));
            }
        }
        return Optional.empty();
    }

    boolean isHinted() {
        return backends.stream().anyMatch(each -> each.hints() != Hints.NONE);
    }

    private static List<Port> ports(JsonNode ports) {
        List<Port> found = new ArrayList<>();
        for (JsonNode each : ports) {
            found.add(
                    new Port(
                            Resource.text(each, "name"),
                            ServiceView.protocol(each),
                            each.path("port").asInt(0)));
        }
        return found;
    }

    private static List<Backend> backends(JsonNode endpoints) {
        List<Backend> found = new ArrayList<>();
        for (JsonNode each : endpoints) {
            JsonNode conditions = each.path("conditions");
            // Compat: EndpointConditions says that absent means ready, and serving like ready.
            boolean ready = conditions.path("ready").asBoolean(true);
            boolean serving = conditions.path("serving").asBoolean(ready);
            boolean terminating = conditions.path("terminating").asBoolean(false);
            String node = Resource.text(each, "nodeName");
            Hints hints = Hints.of(each.path("hints"));
            for (JsonNode address : each.path("addresses")) {
                found.add(
                        new Backend(
                                address.asString(""), node, ready, serving, terminating, hints));
            }
        }
        return found;
    }
}
