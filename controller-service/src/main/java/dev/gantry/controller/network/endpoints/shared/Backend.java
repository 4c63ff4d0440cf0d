package dev.gantry.controller.network.endpoints.shared;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod behind a Service.
 *
 * @param isServing the pod is ready, whether or not it is on its way out
 */
public record Backend(Resource pod, boolean isServing) {
    public static Backend of(Resource pod) {
        return new Backend(pod, PodLife.isReady(pod));
    }

    public boolean isTerminating() {
        return pod.isBeingDeleted();
    }

    /** Its addresses of one family. */
    public List<String> addresses(boolean isIpv6) {
        List<String> found = new ArrayList<>();
        for (JsonNode each : pod.status().path("podIPs")) {
            String address = Resource.text(each, "ip");
            if (!address.isEmpty() && address.contains(":") == isIpv6) {
                found.add(address);
            }
        }
        String only = Resource.text(pod.status(), "podIP");
        if (found.isEmpty() && !only.isEmpty() && only.contains(":") == isIpv6) {
            found.add(only);
        }
        return found;
    }

    /** Empty unless the pod has a name of its own in the Service's domain. */
    public String hostname(Resource service) {
        boolean isInDomain = Resource.text(pod.spec(), "subdomain").equals(service.name());
        return isInDomain ? Resource.text(pod.spec(), "hostname") : "";
    }

    public ObjectNode targetReference() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Pod")
                .put("namespace", pod.namespace())
                .put("name", pod.name())
                .put("uid", pod.uid().value());
    }
}
