package dev.gantry.agent.network;

import dev.gantry.model.condition.Conditions;
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
 * @param mayBalance whether it may carry addresses of load balancers: it is Ready, and nobody
 *     excluded it
 */
public record NodeView(
        String name,
        List<String> podCidrs,
        List<String> internalAddresses,
        String zone,
        boolean mayBalance) {
    static final String ZONE = "topology.kubernetes.io/zone";

    /** Compat: its presence counts, as for cloud-provider's service controller. */
    static final String EXCLUDED = "node.kubernetes.io/exclude-from-external-load-balancers";

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
        JsonNode labels = node.metadata().path("labels");
        return new NodeView(
                node.name(),
                List.copyOf(cidrs),
                addresses,
                labels.path(ZONE).asString(""),
                !labels.has(EXCLUDED)
                        && Conditions.isTrue(node.status().path("conditions"), "Ready"));
    }

    public Optional<String> address(Family family) {
        return internalAddresses.stream().filter(each -> Family.of(each) == family).findFirst();
    }

    public List<String> podCidrs(Family family) {
        return podCidrs.stream().filter(each -> Family.of(each) == family).toList();
    }
}
