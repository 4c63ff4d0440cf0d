package dev.gantry.local.network;

import dev.gantry.agent.network.Family;
import dev.gantry.agent.network.NodeView;
import dev.gantry.agent.network.Routes;
import dev.gantry.local.instance.Instance;
import dev.gantry.local.instance.NodePlace;
import dev.gantry.local.process.Command;
import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The host's way to the pods of one node, by which the control plane reaches them. The routes go
 * over the instance's bridge, and vanish with it.
 *
 * <p>Invariant: whatever a node says of itself, only addresses that this instance gives to pods are
 * ever led to it.
 */
public final class PodRoutes {
    private static final String RANGES = "gantry.controller.pod-cidrs";

    private final NodePlace place;

    public PodRoutes(NodePlace place) {
        this.place = place;
    }

    /** Against what the kernel has, since nobody tells when a route is gone. */
    public void lead(Resource node) throws IOException {
        Routes wanted = wanted(place, ranges(place.instance()), node);
        for (Family family : Family.values()) {
            String flag = family == Family.IP4 ? "-4" : "-6";
            String batch = wanted.batch(existing(flag), family);
            if (!batch.isEmpty()) {
                Command.run(List.of("ip", flag, "-force", "-batch", "-"), batch);
            }
        }
    }

    /**
     * @param ranges all that pods of the instance may have
     * @param node as the API has it
     */
    static Routes wanted(NodePlace place, List<AddressBlock> ranges, Resource node) {
        SortedMap<String, String> gateways = new TreeMap<>();
        for (String cidr : NodeView.of(node).podCidrs()) {
            String gateway = Family.of(cidr) == Family.IP4 ? place.address() : place.address6();
            AddressBlock.parse(cidr)
                    .filter(block -> ranges.stream().anyMatch(range -> holds(range, block)))
                    .ifPresent(block -> gateways.put(block.toString(), gateway));
        }
        return new Routes(gateways);
    }

    /** What the cluster's owner set counts before what the slot brings along. */
    static List<AddressBlock> ranges(Instance instance) throws IOException {
        var own = new Properties();
        if (Files.exists(instance.ownSettings())) {
            try (var in = Files.newInputStream(instance.ownSettings())) {
                own.load(in);
            }
        }
        String text = own.getProperty(RANGES, "").strip();
        if (text.isEmpty()) {
            return instance.podRanges();
        }
        List<AddressBlock> ranges = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            AddressBlock.parse(each.strip()).ifPresent(ranges::add);
        }
        return ranges;
    }

    /** Never all of a range: that would take the pods of every other node away. */
    private static boolean holds(AddressBlock range, AddressBlock block) {
        return range.overlaps(block) && block.prefix() > range.prefix();
    }

    private Routes existing(String flag) throws IOException {
        String bridge = place.instance().bridge();
        String protocol = Integer.toString(Routes.PROTOCOL);
        String listing = Command.run("ip", flag, "route", "show", "proto", protocol, "dev", bridge);
        SortedMap<String, String> own = new TreeMap<>(Routes.parse(listing).gateways());
        own.values()
                .removeIf(each -> !each.equals(place.address()) && !each.equals(place.address6()));
        return new Routes(own);
    }
}
