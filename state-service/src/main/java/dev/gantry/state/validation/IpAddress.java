package dev.gantry.state.validation;

import java.util.Arrays;
import java.util.Optional;

/**
 * An IP address as its bytes: 4 or 16.
 *
 * <p>Compat: texts are read as Go's {@code ParseIPSloppy} does, so leading zeros in IPv4 are
 * decimal. An IPv4 address written as IPv6 ({@code ::ffff:1.2.3.4}) counts as IPv4.
 */
public final class IpAddress {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;
    private static final int V6_GROUPS = 8;

    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Optional<IpAddress> parse(String text) {
        Optional<byte[]> read = text.contains(":") ? v6(text) : v4(text);
        return read.map(IpAddress::unmapped).map(IpAddress::new);
    }

    public boolean isV4() {
        return bytes.length == V4_BYTES;
    }

    public int bits() {
        return bytes.length * 8;
    }

    boolean isUnspecified() {
        return Arrays.equals(bytes, new byte[bytes.length]);
    }

    boolean isLoopback() {
        if (isV4()) {
            return at(0) == 127;
        }
        byte[] one = new byte[V6_BYTES];
        one[V6_BYTES - 1] = 1;
        return Arrays.equals(bytes, one);
    }

    boolean isLinkLocal() {
        return isV4() ? at(0) == 169 && at(1) == 254 : at(0) == 0xfe && (at(1) & 0xc0) == 0x80;
    }

    boolean isLinkLocalMulticast() {
        return isV4()
                ? at(0) == 224 && at(1) == 0 && at(2) == 0
                : at(0) == 0xff && (at(1) & 0x0f) == 0x02;
    }

    private int at(int index) {
        return bytes[index] & 0xff;
    }

    private static Optional<byte[]> v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != V4_BYTES) {
            return Optional.empty();
        }
        byte[] read = new byte[V4_BYTES];
        for (int i = 0; i < V4_BYTES; i++) {
            int value = number(parts[i], 10, 255);
            if (value < 0) {
                return Optional.empty();
            }
            read[i] = (byte) value;
        }
        return Optional.of(read);
    }

    private static Optional<byte[]> v6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        String head = gap < 0 ? text : text.substring(0, gap);
        String tail = gap < 0 ? "" : text.substring(gap + 2);
        Optional<byte[]> before = groups(head);
        Optional<byte[]> after = groups(tail);
        if (before.isEmpty() || after.isEmpty()) {
            return Optional.empty();
        }
        int length = before.get().length + after.get().length;
        if (gap < 0 ? length != V6_BYTES : length > V6_BYTES - 2) {
            return Optional.empty();
        }
        byte[] read = Arrays.copyOf(before.get(), V6_BYTES);
        System.arraycopy(after.get(), 0, read, V6_BYTES - after.get().length, after.get().length);
        return Optional.of(read);
    }

    /** The bytes of groups joined by colons; the last may be an IPv4 address. */
    private static Optional<byte[]> groups(String text) {
        if (text.isEmpty()) {
            return Optional.of(new byte[0]);
        }
        String[] parts = text.split(":", -1);
        if (parts.length > V6_GROUPS) {
            return Optional.empty();
        }
        byte[] read = new byte[V6_BYTES];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].contains(".") && length <= V6_BYTES - V4_BYTES) {
                Optional<byte[]> embedded = v4(parts[i]);
                if (embedded.isEmpty()) {
                    return Optional.empty();
                }
                System.arraycopy(embedded.get(), 0, read, length, V4_BYTES);
                length += V4_BYTES;
                continue;
            }
            int value = parts[i].length() > 4 ? -1 : number(parts[i], 16, 0xffff);
            if (value < 0) {
                return Optional.empty();
            }
            read[length++] = (byte) (value >> 8);
            read[length++] = (byte) value;
        }
        return Optional.of(Arrays.copyOf(read, length));
    }

    private static byte[] unmapped(byte[] read) {
        if (read.length == V4_BYTES) {
            return read;
        }
        byte[] prefix = new byte[V6_BYTES - V4_BYTES];
        prefix[10] = (byte) 0xff;
        prefix[11] = (byte) 0xff;
        boolean isMapped = Arrays.equals(prefix, Arrays.copyOf(read, prefix.length));
        return isMapped ? Arrays.copyOfRange(read, prefix.length, V6_BYTES) : read;
    }

    /** Minus one where the text is no number of that radix up to {@code most}. */
    static int number(String text, int radix, int most) {
        if (text.isEmpty() || text.length() > 9) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
            if (value > most) {
                return -1;
            }
        }
        return value;
    }
}
