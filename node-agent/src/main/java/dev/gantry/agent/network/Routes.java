package dev.gantry.agent.network;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which way to the pods of the other nodes: pod CIDR → the node's address, of the same family.
 *
 * <p>A node that has no CIDR or no address yet has no route.
 */
public record Routes(SortedMap<String, String> gateways) {
    /** Marks the routes as ours, for {@code ip route show proto}; free for private use. */
    public static final int PROTOCOL = 71;

    public static Routes of(Collection<NodeView> nodes, String self) {
        SortedMap<String, String> gateways = new TreeMap<>();
        for (NodeView node : nodes) {
            if (node.name().equals(self)) {
                continue;
            }
            for (String cidr : node.podCidrs()) {
                Optional<String> gateway = node.address(Family.of(cidr));
                gateway.ifPresent(address -> gateways.put(cidr, address));
            }
        }
        return new Routes(gateways);
    }

    /** Reads what {@code ip route show proto} printed. */
    public static Routes parse(String listing) {
        SortedMap<String, String> gateways = new TreeMap<>();
        for (String line : listing.lines().toList()) {
            String[] words = line.strip().split("\\s+");
            if (words.length > 2 && words[1].equals("via")) {
                gateways.put(words[0], words[2]);
            }
        }
        return new Routes(gateways);
    }

    /** Lines for {@code ip -batch}, of one family, that lead from {@code before} to this. */
    public String batch(Routes before, Family family) {
        var lines = new StringBuilder();
        before.gateways.forEach(
                (cidr, _) -> {
                    if (Family.of(cidr) == family && !gateways.containsKey(cidr)) {
                        lines.append("route del %s proto %d\n".formatted(cidr, PROTOCOL));
                    }
                });
        gateways.forEach(
                (cidr, via) -> {
                    if (Family.of(cidr) == family && !via.equals(before.gateways.get(cidr))) {
                        // Without a device: it is the one that reaches the gateway.
                        lines.append(
                                "route replace %s via %s proto %d\n"
                                        .formatted(cidr, via, PROTOCOL));
                    }
                });
        return lines.toString();
    }
}
