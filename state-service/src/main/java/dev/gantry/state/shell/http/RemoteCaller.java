package dev.gantry.state.shell.http;

import dev.gantry.model.exchange.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** On whose behalf the gateway asks, as its headers say. */
final class RemoteCaller {
    private static final String EXTRA = "x-remote-extra-";

    private RemoteCaller() {}

    static Caller of(HttpServletRequest request) {
        var extra = new TreeMap<String, List<String>>();
        for (String name : Collections.list(request.getHeaderNames())) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(EXTRA)) {
                // Compat: plus signs stand for themselves, as in a path.
                String escaped = lower.substring(EXTRA.length()).replace("+", "%2B");
                String key = URLDecoder.decode(escaped, StandardCharsets.UTF_8);
                extra.put(key, Collections.list(request.getHeaders(name)));
            }
        }
        return new Caller(
                header(request, "X-Remote-User"),
                header(request, "X-Remote-Uid"),
                Collections.list(request.getHeaders("X-Remote-Group")),
                Collections.unmodifiableSortedMap(extra));
    }

    private static String header(HttpServletRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }
}
