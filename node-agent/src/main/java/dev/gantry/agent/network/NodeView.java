package dev.gantry.agent.network;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What networking needs to know of a Node.
 *
 * @param zone empty where the node names none
 */
public record NodeView(
        String name, List<String> podCidrs, List<String> internalAddresses, String zone) {
    static final String ZONE = "topology.kubernetes.io/zone";

    public static NodeView of(Resource node) {
        Set<String> cidrs = new LinkedHashSet<>();
        String first = Resource.text(node.spec(), "podCIDR");
        if (!first.isEmpty()) {
            cidrs.add(first);
        }
        node.spec().path("podCIDRs").forEach(each -> cidrs.add(each.asString("")));
        List<String> addresses = new ArrayList<>();
        for (JsonNode each : node.status().path("addresses")) {
            if (Resource.text(each, "type").equals("InternalIP")) {
                addresses.add(Resource.text(each, "address"));
            }
        }
        String zone = node.metadata().path("labels").path(ZONE).asString("");
        return new NodeView(node.name(), List.copyOf(cidrs), addresses, zone);
    }

    public Optional<String> address(Family family) {
        return internalAddresses.stream().filter(each -> Family.of(each) == family).findFirst();
    }

    public List<String> podCidrs(Family family) {
        return podCidrs.stream().filter(each -> Family.of(each) == family).toList();
    }
}
