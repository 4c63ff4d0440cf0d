package dev.gantry.agent.network;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The CNI configuration list of a node: a bridge, addresses from the node's pod CIDRs, host ports.
 *
 * <p>Masquerading is left out here, since the plugin would hide pods from pods of other nodes too;
 * the ruleset does it where it is needed.
 */
public final class CniConfig {
    public static final String NETWORK = "gantry";
    public static final String BRIDGE = "gantry0";

    /** Programs that run for each pod: those named below, and one that the runtime adds. */
    public static final List<String> PLUGINS =
            List.of("bridge", "host-local", "portmap", "loopback");

    private CniConfig() {}

    /**
     * @param leases folder of the addresses in use; not the plugin's default, which nodes of one
     *     machine would share
     */
    public static String text(List<String> podCidrs, String leases) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("cniVersion", "1.0.0").put("name", NETWORK);
        ArrayNode plugins = list.putArray("plugins");
        ObjectNode bridge = plugins.addObject();
        bridge.put("type", "bridge").put("bridge", BRIDGE);
        bridge.put("isGateway", true).put("isDefaultGateway", true).put("forceAddress", true);
        // A pod may reach itself through a Service. The plugin then also skips the second that
        // duplicate address detection takes, which addresses from a node's own range don't need.
        bridge.put("hairpinMode", true).put("ipMasq", false);
        ObjectNode addresses = bridge.putObject("ipam");
        addresses.put("type", "host-local").put("dataDir", leases);
        ArrayNode ranges = addresses.putArray("ranges");
        podCidrs.forEach(cidr -> ranges.addArray().addObject().put("subnet", cidr));
        ObjectNode ports = plugins.addObject();
        ports.put("type", "portmap").put("snat", true);
        ports.putObject("capabilities").put("portMappings", true);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(list);
    }
}
