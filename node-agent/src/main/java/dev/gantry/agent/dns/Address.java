package dev.gantry.agent.dns;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An IP address by its bytes, so that all spellings of it are the same. */
final class Address {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;
    private static final String V4_ZONE = ".in-addr.arpa";
    private static final String V6_ZONE = ".ip6.arpa";
    private static final Pattern V6_PREFIX = Pattern.compile("[0-9a-f](\\.[0-9a-f]){31}");

    private final byte[] bytes;

    private Address(byte[] bytes) {
        this.bytes = bytes;
    }

    static Optional<Address> parse(String text) {
        return (text.indexOf(':') < 0 ? parseV4(text) : parseV6(text)).map(Address::new);
    }

    /** From a name such as {@code 4.3.2.1.in-addr.arpa}, in lower case and without a last dot. */
    static Optional<Address> ofReverseName(String name) {
        if (name.endsWith(V4_ZONE)) {
            String[] parts = name.substring(0, name.length() - V4_ZONE.length()).split("\\.");
            return parse(String.join(".", Arrays.asList(parts).reversed()));
        }
        if (!name.endsWith(V6_ZONE)) {
            return Optional.empty();
        }
        String prefix = name.substring(0, name.length() - V6_ZONE.length());
        if (!V6_PREFIX.matcher(prefix).matches()) {
            return Optional.empty();
        }
        String digits = prefix.replace(".", "");
        String hex = new StringBuilder(digits).reverse().toString();
        return Optional.of(new Address(HexFormat.of().parseHex(hex)));
    }

    /** From {@code 10-244-1-5} or {@code fd00-10-244--5}, as names of pods have it. */
    static Optional<Address> ofDashes(String label) {
        return parse(label.replace('-', '.')).or(() -> parse(label.replace('-', ':')));
    }

    boolean isV4() {
        return bytes.length == V4_BYTES;
    }

    /** A label that can be part of a name; two addresses never share one. */
    String dashes() {
        return toString().replace('.', '-').replace(':', '-');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Address address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** IPv6 with all its groups: longer than need be, but one spelling only. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        if (isV4()) {
            for (byte each : bytes) {
                text.append(text.isEmpty() ? "" : ".").append(each & 0xff);
            }
            return text.toString();
        }
        for (int i = 0; i < V6_BYTES; i += 2) {
            int group = (bytes[i] & 0xff) << 8 | bytes[i + 1] & 0xff;
            text.append(i == 0 ? "" : ":").append(Integer.toHexString(group));
        }
        return text.toString();
    }

    private static Optional<byte[]> parseV4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != V4_BYTES) {
            return Optional.empty();
        }
        byte[] bytes = new byte[V4_BYTES];
        for (int i = 0; i < V4_BYTES; i++) {
            int value = number(parts[i], 10, 3);
            if (value < 0 || value > 255) {
                return Optional.empty();
            }
            bytes[i] = (byte) value;
        }
        return Optional.of(bytes);
    }

    private static Optional<byte[]> parseV6(String text) {
        int gap = text.indexOf("::");
        String[] head = groups(gap < 0 ? text : text.substring(0, gap));
        String[] tail = gap < 0 ? new String[0] : groups(text.substring(gap + 2));
        int missing = V6_BYTES / 2 - head.length - tail.length;
        if (gap < 0 ? missing != 0 : missing < 1) {
            return Optional.empty();
        }
        byte[] bytes = new byte[V6_BYTES];
        boolean isValid = put(head, bytes, 0) && put(tail, bytes, V6_BYTES / 2 - tail.length);
        return isValid ? Optional.of(bytes) : Optional.empty();
    }

    private static String[] groups(String text) {
        return text.isEmpty() ? new String[0] : text.split(":", -1);
    }

    private static boolean put(String[] groups, byte[] bytes, int from) {
        for (int i = 0; i < groups.length; i++) {
            int value = number(groups[i].toLowerCase(Locale.ROOT), 16, 4);
            if (value < 0) {
                return false;
            }
            bytes[2 * (from + i)] = (byte) (value >> 8);
            bytes[2 * (from + i) + 1] = (byte) value;
        }
        return true;
    }

    /** Minus one where the text is no number of that length. */
    private static int number(String text, int radix, int maxDigits) {
        boolean isNumber =
                !text.isEmpty()
                        && text.length() <= maxDigits
                        && text.chars().allMatch(c -> Character.digit(c, radix) >= 0 && c < 128);
        return isNumber ? Integer.parseInt(text, radix) : -1;
    }
}
