package dev.gantry.state.kind.admissionregistration.webhookconfiguration;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a webhook is. Compat: {@code apiserver/pkg/util/webhook/validation.go}. */
final class ClientConfigRules {
    private static final String FORM = "; desired format: https://host[/path]";
    private static final int LAST_PORT = 65_535;

    /** Scheme, authority, path, query, fragment, as RFC 3986 takes them apart. */
    private static final Pattern URL =
            Pattern.compile("(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?");

    private ClientConfigRules() {}

    static void check(Field config) {
        boolean hasUrl = config.has("url");
        if (hasUrl == config.has("service")) {
            config.required("exactly one of url or service is required");
        } else if (hasUrl) {
            url(config.child("url"));
        } else {
            service(config.child("service"));
        }
    }

    private static void url(Field url) {
        Matcher parts = URL.matcher(url.text());
        if (!parts.matches()) {
            url.required("url must be a valid URL: " + url.text() + FORM);
            return;
        }
        String scheme = orEmpty(parts.group(1));
        String authority = orEmpty(parts.group(2));
        int at = authority.lastIndexOf('@');
        if (!scheme.equals("https")) {
            url.invalidText(scheme, "'https' is the only allowed URL scheme" + FORM);
        }
        if (authority.substring(at + 1).isEmpty()) {
            url.invalidText("", "host must be specified" + FORM);
        }
        if (at >= 0) {
            url.invalidText(
                    authority.substring(0, at), "user information is not permitted in the URL");
        }
        String fragment = orEmpty(parts.group(5));
        String query = orEmpty(parts.group(4));
        if (!fragment.isEmpty()) {
            url.invalidText(fragment, "fragments are not permitted in the URL");
        }
        if (!query.isEmpty()) {
            url.invalidText(query, "query parameters are not permitted in the URL");
        }
    }

    /** Compat: upstream takes name and namespace for each other. */
    private static void service(Field service) {
        if (service.child("namespace").isEmpty()) {
            service.child("name").required("");
        }
        if (service.child("name").isEmpty()) {
            service.child("namespace").required("");
        }
        Field port = service.child("port");
        if (port.number() < 1 || port.number() > LAST_PORT) {
            port.invalidNumber("port is not valid: must be between 1 and 65535, inclusive");
        }
        Field path = service.child("path");
        if (path.isSet() && !path.isEmpty() && !path.text().equals("/")) {
            path(path);
        }
    }

    private static void path(Field path) {
        String text = path.text();
        if (text.equals("//")) {
            path.invalid("segment[0] may not be empty");
            return;
        }
        if (!text.startsWith("/")) {
            path.invalid("must start with a '/'");
        }
        String inner = text.substring(1);
        String checked = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
        List<String> segments = List.of(checked.split("/", -1));
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).isEmpty()) {
                path.invalid("segment[%d] may not be empty".formatted(i));
                continue;
            }
            for (String why : Names.dnsSubdomain(segments.get(i))) {
                path.invalid("segment[%d]: %s".formatted(i, why));
            }
        }
    }

    private static String orEmpty(@Nullable String found) {
        return found == null ? "" : found;
    }
}
