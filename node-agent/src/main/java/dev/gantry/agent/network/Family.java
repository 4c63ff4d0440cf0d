package dev.gantry.agent.network;

/** IPv4 or IPv6, by the names that nftables and the API have for them. */
public enum Family {
    IP4("ip", "ipv4_addr", "IPv4"),
    IP6("ip6", "ipv6_addr", "IPv6");

    private final String table;
    private final String addressType;
    private final String wire;

    Family(String table, String addressType, String wire) {
        this.table = table;
        this.addressType = addressType;
        this.wire = wire;
    }

    /** Of an address or a CIDR. */
    public static Family of(String address) {
        return address.indexOf(':') < 0 ? IP4 : IP6;
    }

    /** The nftables family, and its prefix for {@code saddr} and {@code daddr}. */
    public String table() {
        return table;
    }

    public String addressType() {
        return addressType;
    }

    /** As in {@code EndpointSlice.addressType}. */
    public String wire() {
        return wire;
    }
}
