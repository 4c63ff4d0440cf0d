package dev.gantry.agent.dns;

import dev.gantry.model.address.Address;
import dev.gantry.model.address.Family;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as names in DNS spell them. */
final class AddressNames {
    private static final String V4_ZONE = ".in-addr.arpa";
    private static final String V6_ZONE = ".ip6.arpa";
    private static final Pattern V6_PREFIX = Pattern.compile("[0-9a-f](\\.[0-9a-f]){31}");
    private static final int GROUPS = 8;

    private AddressNames() {}

    /** From a name such as {@code 4.3.2.1.in-addr.arpa}, in lower case and without a last dot. */
    static Optional<Address> ofReverse(String name) {
        if (name.endsWith(V4_ZONE)) {
            String[] parts = name.substring(0, name.length() - V4_ZONE.length()).split("\\.");
            return Address.parse(String.join(".", Arrays.asList(parts).reversed()));
        }
        if (!name.endsWith(V6_ZONE)) {
            return Optional.empty();
        }
        String prefix = name.substring(0, name.length() - V6_ZONE.length());
        if (!V6_PREFIX.matcher(prefix).matches()) {
            return Optional.empty();
        }
        String digits = prefix.replace(".", "");
        return Optional.of(Address.ofHex(new StringBuilder(digits).reverse().toString()));
    }

    /** From {@code 10-244-1-5} or {@code fd00-10-244--5}, as names of pods have it. */
    static Optional<Address> ofDashes(String label) {
        return Address.parse(label.replace('-', '.'))
                .or(() -> Address.parse(label.replace('-', ':')));
    }

    /**
     * A label that can be part of a name; two addresses never share one. IPv6 has all its groups,
     * since a label may not begin with a dash.
     */
    static String dashes(Address address) {
        if (address.family() == Family.IPV4) {
            return address.toString().replace('.', '-');
        }
        var label = new StringBuilder();
        for (int group = GROUPS - 1; group >= 0; group--) {
            int value = address.value().shiftRight(16 * group).intValue() & 0xffff;
            label.append(label.isEmpty() ? "" : "-").append(Integer.toHexString(value));
        }
        return label.toString();
    }
}
