package dev.gantry.model.address;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An IPAddress object, which says who has an address.
 *
 * <p>Compat: names, labels and parent of {@code ipallocator}.
 */
public record AddressRecord(Resource object) {
    private static final String FAMILY = "ipaddress.kubernetes.io/ip-family";
    private static final String MANAGED_BY = "ipaddress.kubernetes.io/managed-by";
    private static final String ALLOCATOR = "ipallocator.k8s.io";

    /** A new one, which nobody has stored yet. */
    public static ObjectNode of(Address address, Resource service) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", Kinds.IP_ADDRESS.apiVersion());
        object.put("kind", Kinds.IP_ADDRESS.kindName());
        object.putObject("metadata")
                .put("name", address.toString())
                .putObject("labels")
                .put(FAMILY, address.family().wire())
                .put(MANAGED_BY, ALLOCATOR);
        object.putObject("spec")
                .putObject("parentRef")
                .put("resource", Resources.SERVICES.plural())
                .put("namespace", service.namespace())
                .put("name", service.name());
        return object;
    }

    public static ObjectKey key(String address) {
        return new ObjectKey(Kinds.IP_ADDRESS.resource(), "", address);
    }

    /** Whether it was made for a Service, and not by somebody who wants to have the address. */
    public boolean isManaged() {
        return ALLOCATOR.equals(object.labels().get(MANAGED_BY));
    }

    /** Whether it has the labels of a new one. */
    public boolean isLabelled() {
        return isManaged()
                && Address.parse(object.name())
                        .map(each -> each.family().wire())
                        .filter(each -> each.equals(object.labels().get(FAMILY)))
                        .isPresent();
    }

    /** The Service that has the address; empty where something else has. */
    public Optional<ObjectKey> service() {
        JsonNode parent = object.spec().path("parentRef");
        boolean isOfService =
                Resource.text(parent, "group").isEmpty()
                        && Resource.text(parent, "resource").equals(Resources.SERVICES.plural());
        return isOfService
                ? Optional.of(
                        new ObjectKey(
                                Resources.SERVICES,
                                Resource.text(parent, "namespace"),
                                Resource.text(parent, "name")))
                : Optional.empty();
    }

    public boolean isOf(Resource service) {
        return service().filter(service.key(Resources.SERVICES)::equals).isPresent();
    }
}
