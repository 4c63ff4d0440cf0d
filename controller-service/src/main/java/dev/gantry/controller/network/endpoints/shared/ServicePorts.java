package dev.gantry.controller.network.endpoints.shared;

import dev.gantry.model.meta.Resource;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ports of a Service as one pod has them.
 *
 * <p>Compat: a named target port is looked up in the pod; where the pod has no such port, it is not
 * reached by that port of the Service.
 */
public final class ServicePorts {
    private ServicePorts() {}

    /** Entries of EndpointSlice.ports. */
    public static ArrayNode resolve(Resource service, Resource pod) {
        ArrayNode ports = JsonNodeFactory.instance.arrayNode();
        for (JsonNode port : service.spec().path("ports")) {
            OptionalInt number = number(port, pod);
            if (number.isEmpty()) {
                continue;
            }
            ObjectNode entry = ports.addObject();
            entry.put("name", Resource.text(port, "name"));
            entry.put("port", number.getAsInt());
            entry.put("protocol", protocol(port));
            String appProtocol = Resource.text(port, "appProtocol");
            if (!appProtocol.isEmpty()) {
                entry.put("appProtocol", appProtocol);
            }
        }
        return ports;
    }

    private static OptionalInt number(JsonNode port, Resource pod) {
        JsonNode target = port.path("targetPort");
        if (target.isNumber() && target.asInt() > 0) {
            return OptionalInt.of(target.asInt());
        }
        String name = target.asString("");
        if (target.isNumber() || name.isEmpty()) {
            return OptionalInt.of(port.path("port").asInt(0));
        }
        OptionalInt found = named(pod.spec().path("containers"), name, port, false);
        return found.isPresent()
                ? found
                : named(pod.spec().path("initContainers"), name, port, true);
    }

    private static OptionalInt named(
            JsonNode containers, String name, JsonNode port, boolean onlySidecars) {
        for (JsonNode container : containers) {
            boolean isSidecar = Resource.text(container, "restartPolicy").equals("Always");
            if (onlySidecars && !isSidecar) {
                continue;
            }
            for (JsonNode each : container.path("ports")) {
                if (Resource.text(each, "name").equals(name)
                        && protocol(each).equals(protocol(port))) {
                    return OptionalInt.of(each.path("containerPort").asInt(0));
                }
            }
        }
        return OptionalInt.empty();
    }

    private static String protocol(JsonNode port) {
        String protocol = Resource.text(port, "protocol");
        return protocol.isEmpty() ? "TCP" : protocol;
    }
}
