package dev.gantry.agent.network;

import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The network device by which its neighbours reach the node, and which addresses of load balancers
 * it has now. The kernel answers ARP and NDP for every address on the device.
 *
 * @param hardwareAddress as it stands, so that it can be set once more
 */
public record NeighbourDevice(String name, String hardwareAddress, SortedSet<String> held) {
    /**
     * @param listing what {@code ip -j address show} printed
     * @param ownAddresses of the node; the device is the one that has one of them
     * @param pool addresses of it are on the device for load balancers, and for nothing else
     */
    public static Optional<NeighbourDevice> find(
            JsonNode listing, Collection<String> ownAddresses, BalancerPool pool) {
        for (JsonNode device : listing) {
            SortedSet<String> addresses = new TreeSet<>();
            device.path("addr_info").forEach(each -> addresses.add(Resource.text(each, "local")));
            if (ownAddresses.stream().anyMatch(addresses::contains)) {
                addresses.removeIf(each -> ownAddresses.contains(each) || !pool.holds(each));
                return Optional.of(
                        new NeighbourDevice(
                                Resource.text(device, "ifname"),
                                Resource.text(device, "address"),
                                addresses));
            }
        }
        return Optional.empty();
    }

    /**
     * Lines for {@code ip -batch} after which the device has what is wanted until the lease ends.
     * An agent that hangs or died does not renew the lease, and its node loses the addresses.
     *
     * <p>They are deprecated from the start, so that nothing leaves the node with them as source.
     */
    public String lease(SortedSet<String> wanted, Duration lease) {
        var lines = new StringBuilder();
        for (String each : held) {
            if (!wanted.contains(each)) {
                lines.append("address del %s dev %s\n".formatted(alone(each), name));
            }
        }
        for (String each : wanted) {
            lines.append(
                    "address replace %s dev %s valid_lft %d preferred_lft 0%s\n"
                            .formatted(
                                    alone(each),
                                    name,
                                    lease.toSeconds(),
                                    Family.of(each) == Family.IP6 ? " nodad" : ""));
        }
        return lines.toString();
    }

    /**
     * The line that makes the kernel tell all neighbours where the device's addresses are: it does
     * so whenever the hardware address was set, even to what it was.
     */
    public String announce() {
        return "link set dev %s address %s\n".formatted(name, hardwareAddress);
    }

    private static String alone(String address) {
        return address + (Family.of(address) == Family.IP4 ? "/32" : "/128");
    }
}
