package dev.gantry.monitoring.metrics;

import dev.gantry.model.address.Address;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects by which the API server finds the metrics: a Service without a selector, its one
 * endpoint, and the APIService that leads to it.
 *
 * @param authority PEM, which signed the endpoint's certificate
 */
public record MetricsRegistration(Address address, int port, byte[] authority) {
    private static final String NAME = "metrics-server";
    private static final String NAMESPACE = "kube-system";
    private static final String OWNER = "app.kubernetes.io/managed-by";
    private static final String SELF = "gantry-monitoring";
    private static final int HTTPS = 443;
    private static final int PRIORITY = 100;

    /**
     * An object that shall be there.
     *
     * @param fields that shall be as they are here; others are whatever they are
     */
    public record Wanted(Kind kind, Resource object, List<String> fields) {
        /**
         * The stored object brought up to this; empty where nothing is to be done, or somebody else
         * made the object: then another program serves the metrics.
         */
        public Optional<Resource> completed(Resource stored) {
            if (!SELF.equals(stored.labels().get(OWNER))) {
                return Optional.empty();
            }
            Resource changed = stored.copy();
            fields.forEach(each -> changed.tree().set(each, merged(stored, each)));
            return changed.equals(stored) ? Optional.empty() : Optional.of(changed);
        }

        /** What the server added to an object stays; lists are replaced. */
        private JsonNode merged(Resource stored, String field) {
            JsonNode wanted = object.tree().path(field);
            if (!(wanted instanceof ObjectNode members)
                    || !(stored.tree().path(field) instanceof ObjectNode known)) {
                return wanted;
            }
            ObjectNode both = known.deepCopy();
            for (Map.Entry<String, JsonNode> each : members.properties()) {
                both.set(each.getKey(), each.getValue());
            }
            return both;
        }
    }

    /** In the order in which they shall be made. */
    public List<Wanted> objects() {
        return List.of(
                new Wanted(Kinds.SERVICE, service(), List.of()),
                new Wanted(Kinds.ENDPOINT_SLICE, slice(), List.of("endpoints", "ports")),
                new Wanted(Kinds.API_SERVICE, apiService(), List.of("spec")));
    }

    private static Resource service() {
        Resource service = object(Kinds.SERVICE, NAMESPACE, NAME);
        service.tree()
                .putObject("spec")
                .putArray("ports")
                .addObject()
                .put("name", "https")
                .put("protocol", "TCP")
                .put("port", HTTPS)
                .put("targetPort", HTTPS);
        return service;
    }

    private Resource slice() {
        Resource slice = object(Kinds.ENDPOINT_SLICE, NAMESPACE, sliceName());
        ObjectNode labels = Resource.child(slice.mutableMetadata(), "labels");
        labels.put("kubernetes.io/service-name", NAME);
        labels.put("endpointslice.kubernetes.io/managed-by", SELF);
        slice.tree().put("addressType", address.family().wire());
        ObjectNode endpoint = slice.tree().putArray("endpoints").addObject();
        endpoint.putArray("addresses").add(address.toString());
        endpoint.putObject("conditions").put("ready", true);
        slice.tree()
                .putArray("ports")
                .addObject()
                .put("name", "https")
                .put("protocol", "TCP")
                .put("port", port);
        return slice;
    }

    /** The family of a slice's addresses cannot be changed. */
    private String sliceName() {
        return NAME + "-" + address.family().wire().toLowerCase(Locale.ROOT);
    }

    /** Compat: the priorities of metrics-server. */
    private Resource apiService() {
        Resource api = object(Kinds.API_SERVICE, "", "v1beta1.metrics.k8s.io");
        ObjectNode spec = api.tree().putObject("spec");
        spec.putObject("service").put("namespace", NAMESPACE).put("name", NAME).put("port", HTTPS);
        spec.put("group", "metrics.k8s.io").put("version", "v1beta1");
        spec.put("caBundle", Base64.getEncoder().encodeToString(authority));
        spec.put("groupPriorityMinimum", PRIORITY).put("versionPriority", PRIORITY);
        return api;
    }

    private static Resource object(Kind kind, String namespace, String name) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", kind.apiVersion()).put("kind", kind.kindName());
        ObjectNode metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        metadata.putObject("labels").put(OWNER, SELF);
        return new Resource(object);
    }
}
