package dev.gantry.model.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What percent signs in URLs stand for. */
public final class UrlEscapes {
    private UrlEscapes() {}

    /** A percent sign that no two hexadecimal digits follow. */
    public static final class Malformed extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Malformed() {
            super("invalid URL escape");
        }
    }

    /** Throws {@link Malformed}. A plus sign stands for itself. */
    public static String decodePath(String raw) {
        return decode(raw, false);
    }

    /** Throws {@link Malformed}. A plus sign stands for a space. */
    static String decodeQuery(String raw) {
        return decode(raw, true);
    }

    /** The inverse for one value: everything but letters, digits and {@code -._~} is escaped. */
    public static String encode(String value) {
        StringBuilder encoded = new StringBuilder(value.length() + 8);
        for (byte each : value.getBytes(UTF_8)) {
            char c = (char) (each & 0xff);
            boolean isPlain =
                    c >= 'a' && c <= 'z'
                            || c >= 'A' && c <= 'Z'
                            || c >= '0' && c <= '9'
                            || "-._~".indexOf(c) >= 0;
            if (isPlain) {
                encoded.append(c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return encoded.toString();
    }

    /** The inverse for a path: what stands between its slashes is escaped. */
    public static String encodePath(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(UrlEscapes::encode)
                .collect(Collectors.joining("/"));
    }

    private static String decode(String raw, boolean plusIsSpace) {
        if (raw.indexOf('%') < 0 && (!plusIsSpace || raw.indexOf('+') < 0)) {
            return raw;
        }
        var bytes = new ByteArrayOutputStream(raw.length());
        byte[] written = raw.getBytes(UTF_8);
        for (int at = 0; at < written.length; at++) {
            byte each = written[at];
            if (each == '%') {
                bytes.write(hex(written, at + 1) << 4 | hex(written, at + 2));
                at += 2;
            } else {
                bytes.write(each == '+' && plusIsSpace ? ' ' : each);
            }
        }
        return bytes.toString(UTF_8);
    }

    private static int hex(byte[] written, int at) {
        int digit = at < written.length ? Character.digit(written[at], 16) : -1;
        if (digit < 0) {
            throw new Malformed();
        }
        return digit;
    }
}
