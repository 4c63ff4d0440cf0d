package dev.gantry.state.validation;

import dev.gantry.model.address.Address;
import dev.gantry.model.address.AddressBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses and blocks of them, in forms that every program reads alike.
 *
 * <p>Compat: {@code IsValidIP}, {@code IsValidCIDR} and, for fields in which stored objects may
 * hold other forms, {@code IsValidCIDRForLegacyField}.
 */
public final class StrictAddressRules {
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;
    private static final Pattern LEADING_ZERO =
            Pattern.compile("(?:^|[.:])0[0-9]+\\.|\\.0[0-9]+(?:/|$)|/0[0-9]");

    private StrictAddressRules() {}

    /** An address in its one canonical form. */
    public static List<String> canonicalIp(String text) {
        Optional<IpAddress> address = IpAddress.parse(text);
        if (address.isEmpty()) {
            return List.of("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
        if (LEADING_ZERO.matcher(text).find()) {
            return List.of("must not have leading 0s");
        }
        if (isMapped(address.get(), text)) {
            return List.of("must not be an IPv4-mapped IPv6 address");
        }
        return canonical(text, Address.parse(text).map(Address::toString));
    }

    /** A block in its one canonical form. */
    public static void canonicalCidr(Field field) {
        String text = field.text();
        List<String> against = new ArrayList<>(block(text));
        if (against.isEmpty()) {
            against.addAll(canonical(text, AddressBlock.parse(text).map(AddressBlock::toString)));
        }
        against.forEach(each -> field.invalidText(text, each));
    }

    public static void cidr(Field field) {
        block(field.text()).forEach(each -> field.invalidText(field.text(), each));
    }

    /** Whether it is a block at all, in whatever form. */
    public static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        int most = text.contains(":") ? V6_BITS : V4_BITS;
        return slash >= 0
                && IpAddress.parse(text.substring(0, slash)).isPresent()
                && IpAddress.number(text.substring(slash + 1), 10, most) >= 0;
    }

    private static List<String> block(String text) {
        if (!isCidr(text)) {
            return List.of("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
        }
        if (LEADING_ZERO.matcher(text).find()) {
            return List.of("must not have leading 0s in IP or prefix length");
        }
        String first = text.substring(0, text.indexOf('/'));
        if (IpAddress.parse(first).filter(it -> isMapped(it, first)).isPresent()) {
            return List.of("must not have an IPv4-mapped IPv6 address");
        }
        boolean isFirst =
                Address.parse(first).equals(AddressBlock.parse(text).map(AddressBlock::first));
        return isFirst ? List.of() : List.of("must not have bits set beyond the prefix length");
    }

    private static boolean isMapped(IpAddress address, String text) {
        return address.isV4() && text.contains(":");
    }

    private static List<String> canonical(String text, Optional<String> canonical) {
        return canonical
                .filter(each -> !each.equals(text))
                .map(each -> List.of("must be in canonical form (\"" + each + "\")"))
                .orElse(List.of());
    }
}
