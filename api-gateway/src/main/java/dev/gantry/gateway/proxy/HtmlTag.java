package dev.gantry.gateway.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A start tag at the beginning of a text. Where it is not over yet, {@link #isWhole} says so.
 *
 * <p>Compat: the tokenizer of Go's {@code x/net/html}, which follows the HTML standard.
 */
final class HtmlTag {
    private final CharSequence text;
    private final List<Attribute> attributes = new ArrayList<>();
    private String name = "";
    private int at = 1;
    private boolean isWhole;

    /** Where the value stands, without its quotes. */
    private record Attribute(String name, int from, int to) {}

    HtmlTag(CharSequence text) {
        this.text = text;
        this.isWhole = parse();
    }

    boolean isWhole() {
        return isWhole;
    }

    String name() {
        return name;
    }

    int length() {
        return at;
    }

    /** The tag, with the links in it turned. */
    String turned(Links links) {
        var out = new StringBuilder();
        int copied = 0;
        for (Attribute each : attributes) {
            if (!LinkTable.isLink(name.toLowerCase(Locale.ROOT), each.name())) {
                continue;
            }
            String link = unescaped(text.subSequence(each.from(), each.to()).toString());
            String turned = links.turned(link);
            if (!turned.equals(link)) {
                out.append(text, copied, each.from()).append(escaped(turned));
                copied = each.to();
            }
        }
        return out.append(text, copied, at).toString();
    }

    private boolean parse() {
        name = word("/>");
        while (at < text.length()) {
            skip(" \t\r\n\f/");
            if (at >= text.length()) {
                return false;
            }
            if (text.charAt(at) == '>') {
                at++;
                return true;
            }
            attribute();
        }
        return false;
    }

    private void attribute() {
        // A name may begin with an equals sign, and only there.
        String key = text.charAt(at) == '=' ? "=" : "";
        at += key.length();
        key += word("/>=");
        skip(" \t\r\n\f");
        if (at >= text.length() || text.charAt(at) != '=') {
            return;
        }
        at++;
        skip(" \t\r\n\f");
        if (at >= text.length()) {
            return;
        }
        char quote = text.charAt(at);
        boolean isQuoted = quote == '"' || quote == '\'';
        if (isQuoted) {
            at++;
        }
        int from = at;
        while (at < text.length() && !isEnd(text.charAt(at), isQuoted, quote)) {
            at++;
        }
        attributes.add(new Attribute(key.toLowerCase(Locale.ROOT), from, at));
        if (isQuoted && at < text.length()) {
            at++;
        }
    }

    private static boolean isEnd(char c, boolean isQuoted, char quote) {
        return isQuoted ? c == quote : c == '>' || isSpace(c);
    }

    private String word(String stops) {
        int from = at;
        while (at < text.length()
                && !isSpace(text.charAt(at))
                && stops.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.subSequence(from, at).toString();
    }

    private void skip(String characters) {
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return " \t\r\n\f".indexOf(c) >= 0;
    }

    private static String unescaped(String value) {
        return value.replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("'", "&#39;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;");
    }
}
