package dev.gantry.controller.ipam;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A block of addresses such as {@code 10.244.0.0/16} or {@code fd00:10:244::/56}.
 *
 * @param bits 32 or 128
 */
public record AddressRange(BigInteger first, int prefix, int bits) {
    /** Empty where the text is no range. Host bits are cleared. */
    public static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        try {
            String address = text.substring(0, slash);
            int bits = address.contains(":") ? 128 : 32;
            BigInteger number = bits == 32 ? parseIpv4(address) : parseIpv6(address);
            int prefix = Integer.parseInt(text.substring(slash + 1));
            if (prefix < 0 || prefix > bits) {
                return Optional.empty();
            }
            int host = bits - prefix;
            return Optional.of(
                    new AddressRange(number.shiftRight(host).shiftLeft(host), prefix, bits));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    public boolean isIpv6() {
        return bits == 128;
    }

    /** How many blocks of {@code size} fit; never more than a million are counted. */
    public int blocks(int size) {
        return 1 << Math.clamp(size - prefix, 0, 20);
    }

    public AddressRange block(int index, int size) {
        BigInteger offset = BigInteger.valueOf(index).shiftLeft(bits - size);
        return new AddressRange(first.add(offset), size, bits);
    }

    /** The number of the block of {@code size} that {@code other} begins in; empty if outside. */
    public Optional<Integer> indexOf(AddressRange other, int size) {
        if (other.bits != bits || !overlaps(other)) {
            return Optional.empty();
        }
        BigInteger offset = other.first.subtract(first).max(BigInteger.ZERO);
        return Optional.of(offset.shiftRight(bits - size).intValue());
    }

    public boolean overlaps(AddressRange other) {
        if (other.bits != bits) {
            return false;
        }
        int host = bits - Math.min(prefix, other.prefix);
        return first.shiftRight(host).equals(other.first.shiftRight(host));
    }

    @Override
    public String toString() {
        return (bits == 32 ? formatIpv4() : formatIpv6()) + "/" + prefix;
    }

    private String formatIpv4() {
        long value = first.longValue();
        return "%d.%d.%d.%d"
                .formatted(value >> 24, value >> 16 & 255, value >> 8 & 255, value & 255);
    }

    /** The form of RFC 5952: the longest run of zero groups is left out. */
    private String formatIpv6() {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = first.shiftRight(16 * (7 - i)).intValue() & 0xffff;
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && groups[i + run] == 0) {
                run++;
            }
            if (run > length) {
                start = i;
                length = run;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    private static BigInteger parseIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException(text);
        }
        BigInteger value = BigInteger.ZERO;
        for (String part : parts) {
            value = value.shiftLeft(8).or(group(part, 10, 255));
        }
        return value;
    }

    private static BigInteger parseIpv6(String text) {
        int gap = text.indexOf("::");
        List<String> head = groups(gap < 0 ? text : text.substring(0, gap));
        List<String> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2));
        int missing = 8 - head.size() - tail.size();
        if (missing < 0 || (gap < 0 && missing != 0)) {
            throw new IllegalArgumentException(text);
        }
        List<String> all = new ArrayList<>(head);
        for (int i = 0; i < missing; i++) {
            all.add("0");
        }
        all.addAll(tail);
        BigInteger value = BigInteger.ZERO;
        for (String part : all) {
            value = value.shiftLeft(16).or(group(part, 16, 0xffff));
        }
        return value;
    }

    private static List<String> groups(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(":", -1));
    }

    private static BigInteger group(String text, int radix, int limit) {
        int value = Integer.parseInt(text, radix);
        if (value < 0 || value > limit) {
            throw new IllegalArgumentException(text);
        }
        return BigInteger.valueOf(value);
    }
}
