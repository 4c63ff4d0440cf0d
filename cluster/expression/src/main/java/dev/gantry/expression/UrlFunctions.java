package dev.gantry.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.gantry.expression.CelFunctions.Typed;

/** URLs. Compat: apiserver's {@code library.URLs}. */
final class UrlFunctions {
    static final CelFunctions ALL = new CelFunctions();
    private static final CelType TYPE = OpaqueType.create("kubernetes.URL");
    private static final Typed<Url> URL = new Typed<>(TYPE, Url.class);
    private static final Typed<String> TEXT = new Typed<>(SimpleType.STRING, String.class);
    private static final CelType QUERY =
            MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING));

    static {
        ALL.global("url", "string_to_url", TYPE, TEXT, UrlFunctions::of)
                .global(
                        "isURL",
                        "is_url_string",
                        SimpleType.BOOL,
                        TEXT,
                        text -> Url.parse(text).isPresent())
                .member("getScheme", "url_get_scheme", SimpleType.STRING, URL, Url::scheme)
                .member("getHost", "url_get_host", SimpleType.STRING, URL, Url::host)
                .member("getHostname", "url_get_hostname", SimpleType.STRING, URL, Url::hostname)
                .member("getPort", "url_get_port", SimpleType.STRING, URL, Url::port)
                .member("getEscapedPath", "url_get_escaped_path", SimpleType.STRING, URL, Url::path)
                .member("getQuery", "url_get_query", QUERY, URL, Url::query);
    }

    private UrlFunctions() {}

    private static Url of(String text) {
        return Url.parse(text)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "URL parse error during conversion from string: parse \"%s\":"
                                                        .formatted(text)
                                                + " invalid URI for request"));
    }
}
