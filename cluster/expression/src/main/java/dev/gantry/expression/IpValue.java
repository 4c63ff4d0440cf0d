package dev.gantry.expression;

import dev.gantry.model.address.Address;
import dev.gantry.model.address.Family;
import java.math.BigInteger;
import java.util.Optional;

/** An IP address in an expression. Its text is the canonical one. */
record IpValue(Address address) {
    private static final BigInteger MAPPED = BigInteger.valueOf(0xffff);

    /** Compat: IPv4 addresses inside IPv6, and zones, are none. */
    static Optional<IpValue> parse(String text) {
        return Address.parse(text)
                .filter(each -> !text.contains("%") && !isMapped(each))
                .map(IpValue::new);
    }

    static IpValue of(String text) {
        return parse(text)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "IP Address \"%s\" parse error during conversion from string"
                                                .formatted(text)));
    }

    private static boolean isMapped(Address address) {
        return address.family() == Family.IPV6 && address.value().shiftRight(32).equals(MAPPED);
    }

    long family() {
        return isV4() ? 4L : 6L;
    }

    boolean isV4() {
        return address.family() == Family.IPV4;
    }

    int bits() {
        return isV4() ? 32 : 128;
    }

    Boolean isUnspecified() {
        return address.value().signum() == 0;
    }

    Boolean isLoopback() {
        return isV4() ? top(8) == 127 : address.value().equals(BigInteger.ONE);
    }

    Boolean isLinkLocalMulticast() {
        return isV4() ? top(24) == 0xe00000 : top(16) == 0xff02;
    }

    Boolean isLinkLocalUnicast() {
        return isV4() ? top(16) == 0xa9fe : top(10) == 0x3fa;
    }

    Boolean isGlobalUnicast() {
        boolean isMulticast = isV4() ? top(4) == 0xe : top(8) == 0xff;
        boolean isBroadcast = isV4() && top(32) == 0xffffffffL;
        return !isMulticast
                && !isBroadcast
                && !isUnspecified()
                && !isLoopback()
                && !isLinkLocalUnicast();
    }

    /** The first bits as a number. */
    private long top(int count) {
        return address.value().shiftRight(bits() - count).longValue();
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
