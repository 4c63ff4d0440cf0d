package dev.gantry.expression;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An absolute URL or an absolute path.
 *
 * <p>Compat: what Go's {@code url.ParseRequestURI} takes.
 *
 * @param host with the port, if there is one
 * @param path escaped as it was written
 */
record Url(String scheme, String host, String path, Map<String, List<String>> query) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?://((?:[^/?#@\\s]*@)?)([^/?#\\s]*))?([^?#\\s]*)(?:\\?([^\\s]*))?");
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9a-fA-F:.%]+\\]|[^\\[\\]:]*)(?::(\\d*))?");

    static Optional<Url> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String scheme = orEmpty(form.group(1)).toLowerCase(Locale.ROOT);
        String host = orEmpty(form.group(3));
        String path = form.group(4);
        boolean isAbsolute = !scheme.isEmpty() || path.startsWith("/");
        boolean isEscaped = !path.matches(".*%(?![0-9a-fA-F]{2}).*");
        if (!isAbsolute || !isEscaped || !HOST.matcher(host).matches()) {
            return Optional.empty();
        }
        return Optional.of(new Url(scheme, host, path, parameters(orEmpty(form.group(5)))));
    }

    String hostname() {
        String name = matched(1);
        return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    }

    String port() {
        return matched(2);
    }

    private String matched(int group) {
        Matcher parts = HOST.matcher(host);
        return parts.matches() ? orEmpty(parts.group(group)) : "";
    }

    private static Map<String, List<String>> parameters(String query) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (String each : query.split("&")) {
            if (!each.isEmpty()) {
                int equals = each.indexOf('=');
                String name = equals < 0 ? each : each.substring(0, equals);
                String value = equals < 0 ? "" : each.substring(equals + 1);
                found.computeIfAbsent(unescaped(name), _ -> new ArrayList<>())
                        .add(unescaped(value));
            }
        }
        return found;
    }

    /** What is not escaped well stays as it is. */
    private static String unescaped(String text) {
        byte[] bytes = text.replace('+', ' ').getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < bytes.length; i++) {
            int high = i + 2 <= bytes.length - 1 ? Character.digit(bytes[i + 1], 16) : -1;
            int low = i + 2 <= bytes.length - 1 ? Character.digit(bytes[i + 2], 16) : -1;
            if (bytes[i] == '%' && high >= 0 && low >= 0) {
                out.write(high * 16 + low);
                i += 2;
            } else {
                out.write(bytes[i]);
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }
}
