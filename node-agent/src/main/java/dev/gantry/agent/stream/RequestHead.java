package dev.gantry.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The head of an HTTP/1.1 request.
 *
 * @param path its segments, decoded
 * @param query each parameter's values, decoded, in order
 * @param headers by lower-case name; values of a repeated one are joined by commas
 */
public record RequestHead(
        String method,
        List<String> path,
        SortedMap<String, List<String>> query,
        SortedMap<String, String> headers) {

    /** {@code text} ends before the empty line. Empty where it is no HTTP/1.1 request. */
    public static Optional<RequestHead> parse(String text) {
        List<String> lines = text.lines().toList();
        String[] first = lines.isEmpty() ? new String[0] : lines.getFirst().split(" ");
        if (first.length != 3 || !first[2].equals("HTTP/1.1") || !first[1].startsWith("/")) {
            return Optional.empty();
        }
        SortedMap<String, String> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            if (colon <= 0) {
                return Optional.empty();
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        int mark = first[1].indexOf('?');
        String path = mark < 0 ? first[1] : first[1].substring(0, mark);
        String query = mark < 0 ? "" : first[1].substring(mark + 1);
        return Optional.of(new RequestHead(first[0], segments(path), parameters(query), headers));
    }

    public String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }

    /** The members of a header that is a list. */
    public List<String> listed(String lowerCaseName) {
        List<String> found = new ArrayList<>();
        for (String each : header(lowerCaseName).split(",")) {
            if (!each.isBlank()) {
                found.add(each.strip());
            }
        }
        return found;
    }

    public Optional<String> parameter(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }

    /** Compat: {@code 1} and {@code true} count, as the API and the kubelet's own paths have it. */
    public boolean isSet(String name) {
        return parameter(name).filter(each -> each.equals("true") || each.equals("1")).isPresent();
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String each : path.split("/")) {
            if (!each.isEmpty()) {
                segments.add(decode(each, '+'));
            }
        }
        return segments;
    }

    private static SortedMap<String, List<String>> parameters(String query) {
        SortedMap<String, List<String>> found = new TreeMap<>();
        for (String each : query.split("&")) {
            if (!each.isEmpty()) {
                int equals = each.indexOf('=');
                String name = equals < 0 ? each : each.substring(0, equals);
                String value = equals < 0 ? "" : each.substring(equals + 1);
                found.computeIfAbsent(decode(name, ' '), _ -> new ArrayList<>())
                        .add(decode(value, ' '));
            }
        }
        return found;
    }

    /** In a query a plus is a space. A percent sign that starts no escape stands for itself. */
    private static String decode(String text, char plus) {
        var bytes = new ByteArrayOutputStream();
        byte[] raw = text.getBytes(UTF_8);
        for (int i = 0; i < raw.length; i++) {
            boolean isEscape = raw[i] == '%' && i + 2 < raw.length;
            int high = isEscape ? Character.digit(raw[i + 1], 16) : -1;
            int low = isEscape ? Character.digit(raw[i + 2], 16) : -1;
            if (high >= 0 && low >= 0) {
                bytes.write(high << 4 | low);
                i += 2;
            } else {
                bytes.write(raw[i] == '+' ? plus : raw[i]);
            }
        }
        return bytes.toString(UTF_8);
    }
}
