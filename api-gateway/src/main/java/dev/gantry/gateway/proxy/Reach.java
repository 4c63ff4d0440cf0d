package dev.gantry.gateway.proxy;

import dev.gantry.model.address.Address;
import dev.gantry.model.address.Family;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;

/**
 * Which addresses the proxies lead to: those of pods and nodes, and never the control plane itself.
 * What is proxied to is told by objects that others write.
 *
 * <p>Compat: {@code proxyutil.IsProxyableIP}, which lets a name or the API server's own address
 * through; here only literal addresses that are not this machine's are reached.
 *
 * @param own the addresses of this machine
 */
public record Reach(Set<Address> own) {
    private static final int MAPPED_BITS = 32;
    private static final BigInteger MAPPED = BigInteger.valueOf(0xffff);

    /** The address that the text stands for; empty where it is none that may be reached. */
    public Optional<Address> address(String text) {
        return Address.parse(text).filter(each -> isAllowed(each) && !own.contains(unmapped(each)));
    }

    private static boolean isAllowed(Address given) {
        Address address = unmapped(given);
        return address.family() == Family.IPV4
                ? isAllowedFour(address.value().longValue())
                : isAllowedSix(address.value());
    }

    /** Neither "this network", loopback, link-local, multicast nor broadcast. */
    private static boolean isAllowedFour(long value) {
        int first = (int) (value >> 24);
        boolean isLinkLocal = value >> 16 == (169 << 8 | 254);
        boolean isMulticast = first >= 224 && first < 240;
        return first != 0 && first != 127 && !isLinkLocal && !isMulticast && value != 0xffff_ffffL;
    }

    private static boolean isAllowedSix(BigInteger value) {
        int top = value.shiftRight(112).intValue();
        boolean isLinkLocal = (top & 0xffc0) == 0xfe80;
        boolean isMulticast = (top & 0xff00) == 0xff00;
        // The unspecified address, loopback, and IPv4 in a form that was given up long ago.
        boolean isSpecial = value.bitLength() <= MAPPED_BITS;
        return !isLinkLocal && !isMulticast && !isSpecial;
    }

    /** {@code ::ffff:1.2.3.4} is 1.2.3.4. */
    private static Address unmapped(Address address) {
        boolean isMapped =
                address.family() == Family.IPV6
                        && address.value().shiftRight(MAPPED_BITS).equals(MAPPED);
        return isMapped
                ? new Address(
                        Family.IPV4, BigInteger.valueOf(address.value().longValue() & 0xffff_ffffL))
                : address;
    }
}
