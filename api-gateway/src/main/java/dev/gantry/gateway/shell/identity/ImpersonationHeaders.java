package dev.gantry.gateway.shell.identity;

import dev.gantry.gateway.authentication.Impersonation;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.model.request.UrlEscapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/** Reads {@code Impersonate-*} headers. */
public final class ImpersonationHeaders {
    private static final String EXTRA = "impersonate-extra-";

    private ImpersonationHeaders() {}

    public static Impersonation read(Incoming incoming) {
        SortedMap<String, List<String>> extra = Impersonation.noExtra();
        for (Map.Entry<String, String> each : incoming.headers()) {
            String name = each.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(EXTRA)) {
                extra.computeIfAbsent(decoded(name), _ -> new ArrayList<>()).add(each.getValue());
            }
        }
        return new Impersonation(
                incoming.header("impersonate-user"),
                incoming.header("impersonate-uid"),
                incoming.all("impersonate-group"),
                extra);
    }

    /** Compat: a key that is badly escaped is taken as it stands. */
    private static String decoded(String header) {
        String key = header.substring(EXTRA.length());
        try {
            return UrlEscapes.decodePath(key);
        } catch (IllegalArgumentException notEscaped) {
            return key;
        }
    }
}
