package dev.gantry.gateway.request;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** The part of a URL after the question mark, as a client wrote it. */
public record QueryText(String raw) {
    /** The first value of a parameter, decoded; empty where it is absent. */
    public String first(String name) {
        List<String> found = all(name);
        return found.isEmpty() ? "" : found.getFirst();
    }

    /** All values of a parameter, decoded, in order. */
    public List<String> all(String name) {
        if (!raw.contains(name)) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        for (String part : raw.split("&", -1)) {
            int equal = part.indexOf('=');
            String key = equal < 0 ? part : part.substring(0, equal);
            if (decode(key, true).equals(name)) {
                found.add(equal < 0 ? "" : decode(part.substring(equal + 1), true));
            }
        }
        return found;
    }

    /** Compat: what apimachinery takes for true in a query: present, but not false or 0. */
    public boolean says(String name) {
        List<String> found = all(name);
        if (found.isEmpty()) {
            return false;
        }
        String value = found.getFirst();
        return !value.equalsIgnoreCase("false") && !value.equals("0");
    }

    /** Throws IllegalArgumentException where an escape is malformed. */
    public static String decodePath(String raw) {
        return decode(raw, false);
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
            throw new IllegalArgumentException("invalid URL escape");
        }
        return digit;
    }
}
