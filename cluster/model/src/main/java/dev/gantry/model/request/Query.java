package dev.gantry.model.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The part of a URL after the question mark; names may repeat, and the first value counts.
 *
 * <p>Invariant: authorization and the handler of a request both read its query here, so that they
 * never take it for two different ones.
 *
 * <p>Compat: Go's {@code url.ParseQuery}: a parameter that is malformed, or holds a semicolon, is
 * not there.
 */
public final class Query {
    public static final Query EMPTY = new Query("", Map.of());

    private final String raw;
    private final Map<String, List<String>> values;

    private Query(String raw, Map<String, List<String>> values) {
        this.raw = raw;
        this.values = values;
    }

    public static Query parse(String raw) {
        if (raw.isEmpty()) {
            return EMPTY;
        }
        Map<String, List<String>> found = new TreeMap<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty() && pair.indexOf(';') < 0) {
                add(pair, found);
            }
        }
        return new Query(raw, found);
    }

    private static void add(String pair, Map<String, List<String>> found) {
        int equals = pair.indexOf('=');
        try {
            String name = UrlEscapes.decodeQuery(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : UrlEscapes.decodeQuery(pair.substring(equals + 1));
            found.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        } catch (UrlEscapes.Malformed dropped) {
            // As if it were not there, like upstream.
        }
    }

    /** As the client wrote it. */
    public String raw() {
        return raw;
    }

    /** What was read, written anew: read again, it gives the same and nothing else. */
    public String encoded() {
        List<String> pairs = new ArrayList<>();
        values.forEach(
                (name, all) ->
                        all.forEach(
                                value ->
                                        pairs.add(
                                                UrlEscapes.encode(name)
                                                        + "="
                                                        + UrlEscapes.encode(value))));
        return String.join("&", pairs);
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

    /**
     * Compat: {@code Convert_Slice_string_To_bool} of apimachinery: everything but {@code false}
     * and {@code 0} is true, even nothing.
     */
    public boolean isSet(String name) {
        if (!has(name)) {
            return false;
        }
        String value = first(name);
        return !value.equalsIgnoreCase("false") && !value.equals("0");
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
                    "strconv.ParseInt: parsing \"%s\": %s"
                            .formatted(
                                    value,
                                    value.matches("[+-]?\\d+")
                                            ? "value out of range"
                                            : "invalid syntax"),
                    notANumber);
        }
    }
}
