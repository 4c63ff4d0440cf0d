package dev.gantry.model.address;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An IP address as a number. Its text is the canonical one (RFC 5952 for IPv6). */
public record Address(Family family, BigInteger value) {
    private static final int GROUPS = 8;

    public static Optional<Address> parse(String text) {
        return text.indexOf(':') < 0 ? parseFour(text) : parseSix(text);
    }

    /** From its bytes, written in hexadecimal: 8 or 32 digits. */
    public static Address ofHex(String digits) {
        Family family = digits.length() == 8 ? Family.IPV4 : Family.IPV6;
        return new Address(family, new BigInteger(digits, 16));
    }

    public Address plus(long offset) {
        return new Address(family, value.add(BigInteger.valueOf(offset)));
    }

    @Override
    public String toString() {
        return family == Family.IPV4 ? formatFour() : formatSix();
    }

    private static Optional<Address> parseFour(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        long value = 0;
        for (String part : parts) {
            boolean isDecimal = part.matches("0|[1-9][0-9]{0,2}");
            if (!isDecimal || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            value = value << 8 | Integer.parseInt(part);
        }
        return Optional.of(new Address(Family.IPV4, BigInteger.valueOf(value)));
    }

    private static Optional<Address> parseSix(String text) {
        int gap = text.indexOf("::");
        if (gap != text.lastIndexOf("::")) {
            return Optional.empty();
        }
        List<String> head = groups(gap < 0 ? text : text.substring(0, gap));
        List<String> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2));
        int given = head.size() + tail.size();
        if (gap < 0 ? given != GROUPS : given >= GROUPS) {
            return Optional.empty();
        }
        List<String> all = new ArrayList<>(head);
        for (int i = given; i < GROUPS; i++) {
            all.add("0");
        }
        all.addAll(tail);
        BigInteger value = BigInteger.ZERO;
        for (String group : all) {
            if (!group.matches("[0-9a-fA-F]{1,4}")) {
                return Optional.empty();
            }
            value = value.shiftLeft(16).add(BigInteger.valueOf(Integer.parseInt(group, 16)));
        }
        return Optional.of(new Address(Family.IPV6, value));
    }

    private static List<String> groups(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(":", -1));
    }

    private String formatFour() {
        long number = value.longValue();
        return "%d.%d.%d.%d"
                .formatted(number >> 24 & 255, number >> 16 & 255, number >> 8 & 255, number & 255);
    }

    private String formatSix() {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = value.shiftRight(16 * (GROUPS - 1 - i)).intValue() & 0xffff;
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > bestLength) {
                bestStart = i;
                bestLength = end - i;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == bestStart) {
                out.append("::");
                i += bestLength - 1;
                continue;
            }
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }
}
