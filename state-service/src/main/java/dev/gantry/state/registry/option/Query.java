package dev.gantry.state.registry.option;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A parsed query string; names may repeat. */
public final class Query {
    private static final Query EMPTY = new Query(Map.of());

    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Throws IllegalArgumentException at a broken percent-encoding. */
    public static Query parse(String raw) {
        if (raw.isEmpty()) {
            return EMPTY;
        }
        Map<String, List<String>> found = new TreeMap<>();
        for (String pair : raw.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            found.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        return new Query(found);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Empty where absent. */
    public String first(String name) {
        List<String> found = values.get(name);
        return found == null ? "" : found.getFirst();
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Compat: everything but {@code false} and {@code 0} is true, even nothing. */
    public boolean isSet(String name) {
        if (!has(name)) {
            return false;
        }
        String value = first(name);
        return !value.equals("false") && !value.equals("0");
    }

    /** Throws IllegalArgumentException, with a sentence for the client, where it is no number. */
    public OptionalLong number(String name) {
        String value = first(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(value));
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(
                    "strconv.ParseInt: parsing \"%s\": invalid syntax".formatted(value),
                    notANumber);
        }
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] == '+') {
                out.write(' ');
            } else if (raw[i] == '%') {
                out.write(hex(raw, i + 1, text) * 16 + hex(raw, i + 2, text));
                i += 2;
            } else {
                out.write(raw[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int hex(byte[] raw, int at, String text) {
        int digit = at < raw.length ? Character.digit(raw[at], 16) : -1;
        if (digit < 0) {
            throw new IllegalArgumentException("invalid URL escape in \"" + text + "\"");
        }
        return digit;
    }
}
