package dev.gantry.agent.network;

import java.util.Locale;

/**
 * The sets and maps of the table; all that changes with Services is an element of one of them.
 *
 * <p>A packet's way: (address, protocol, port) → number of the target, kept in the packet mark →
 * chain by number of endpoints → (target, random slot) → number of the endpoint, kept in the
 * connection mark → its address and port.
 */
enum NftSet {
    ADDRESSES("map", "type %s . inet_proto . inet_service : mark"),
    PORTS("map", "type inet_proto . inet_service : mark"),
    INNER_ADDRESSES("map", "type %s . inet_proto . inet_service : mark"),
    INNER_PORTS("map", "type inet_proto . inet_service : mark"),
    TARGETS("map", "type mark : verdict"),
    SLOTS("map", "typeof meta mark . numgen random mod 65536 : ct mark"),
    ENDPOINTS("map", "type mark : %s . inet_service"),
    /** The numbers of endpoints whose Service has session affinity. */
    AFFINITY("set", "type mark"),
    /** Pairs of the same address: a pod that reached itself through a Service. */
    HAIRPINS("set", "type %s . %1$s"),
    UNSERVED("map", "type %s . inet_proto . inet_service : verdict"),
    UNSERVED_PORTS("map", "type inet_proto . inet_service : verdict"),
    /** The CIDRs of this node's pods. */
    INSIDE("set", "type %s; flags interval"),
    /** Pods and nodes everywhere: addresses from which answers to a pod find their way. */
    CLUSTER("set", "type %s; flags interval"),
    /** The CIDRs of cluster IPs. */
    SERVICES("set", "type %s; flags interval"),
    /** Addresses of load balancers, which some node has, and no program listens on. */
    BALANCERS("set", "type %s"),
    /** Frontends of load balancers that may not be reached from anywhere. */
    GUARDED("set", "type %s . inet_proto . inet_service"),
    /** From where each of those may be reached. */
    ADMITTED("set", "type %s . inet_proto . inet_service . %1$s; flags interval");

    private final String object;
    private final String definition;

    NftSet(String object, String definition) {
        this.object = object;
        this.definition = definition;
    }

    String object() {
        return object;
    }

    String nftName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String definition(Family family) {
        return definition.formatted(family.addressType());
    }

    /** Neighbours may be merged by the kernel, so elements are only replaced all together. */
    boolean isInterval() {
        return definition.endsWith("interval");
    }
}
