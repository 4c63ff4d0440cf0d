package dev.gantry.model.address;

import java.util.Optional;

/** A version of the Internet Protocol. */
public enum Family {
    IPV4("IPv4", 4),
    IPV6("IPv6", 16);

    private final String wire;
    private final int bytes;

    Family(String wire, int bytes) {
        this.wire = wire;
        this.bytes = bytes;
    }

    public String wire() {
        return wire;
    }

    public int bits() {
        return bytes * 8;
    }

    public static Optional<Family> parse(String wire) {
        return wire.equals(IPV4.wire)
                ? Optional.of(IPV4)
                : wire.equals(IPV6.wire) ? Optional.of(IPV6) : Optional.empty();
    }
}
