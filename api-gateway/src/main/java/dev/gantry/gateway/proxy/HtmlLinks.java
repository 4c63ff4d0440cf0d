package dev.gantry.gateway.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.Set;

/**
 * Turns the links of an HTML page while it passes, piece by piece. All else goes through as it
 * came.
 *
 * <pre>
 *          ┌─── "<!--" ───► until "-->" ──┐
 *   text ──┼─── "<!" "</" "<?" ─► ">" ────┼──► text
 *          └─── "<name …>" ─► a tag ──────┤
 *                    └─ script, style … ──┴─► until "</name"
 * </pre>
 *
 * <p>Invariant: at most {@link #LONGEST_TAG} characters are held back; a longer tag passes
 * unturned. Bytes are taken for characters one by one: whatever matters here is ASCII in every
 * charset that HTML is written in. Mutable: one page, one thread at a time.
 *
 * <p>Compat: {@code rewriteHTML} in apimachinery's {@code util/proxy/transport.go}.
 */
public final class HtmlLinks {
    private static final int LONGEST_TAG = 64 << 10;
    private static final String TEXT = "";

    /** What stands in these is no HTML. */
    private static final Set<String> OPAQUE =
            Set.of(
                    "iframe",
                    "noembed",
                    "noframes",
                    "noscript",
                    "plaintext",
                    "script",
                    "style",
                    "textarea",
                    "title",
                    "xmp");

    private final Links links;
    private final StringBuilder held = new StringBuilder();
    private final StringBuilder out = new StringBuilder();

    /** What has to come before anything is looked at again, in lower case. */
    private String until = TEXT;

    public HtmlLinks(Links links) {
        this.links = links;
    }

    /** What may be sent on after this piece. */
    public byte[] turned(byte[] piece) {
        held.append(new String(piece, ISO_8859_1));
        boolean moves = true;
        while (moves && !held.isEmpty()) {
            moves = until.equals(TEXT) ? text() : skip();
        }
        return sent();
    }

    /** What is left when the page is over. */
    public byte[] rest() {
        pass(held.length());
        return sent();
    }

    private byte[] sent() {
        byte[] bytes = out.toString().getBytes(ISO_8859_1);
        out.setLength(0);
        return bytes;
    }

    private void pass(int length) {
        out.append(held, 0, length);
        held.delete(0, length);
    }

    /** Whether it got anywhere. */
    private boolean skip() {
        int at = indexOfUntil();
        if (at < 0) {
            // The beginning of what is waited for may be the end of this piece.
            pass(Math.max(0, held.length() - until.length() + 1));
            return false;
        }
        pass(at + until.length());
        until = TEXT;
        return true;
    }

    private int indexOfUntil() {
        for (int at = 0; at + until.length() <= held.length(); at++) {
            int same = 0;
            while (same < until.length()
                    && Character.toLowerCase(held.charAt(at + same)) == until.charAt(same)) {
                same++;
            }
            if (same == until.length()) {
                return at;
            }
        }
        return -1;
    }

    private boolean text() {
        int open = held.indexOf("<");
        pass(open < 0 ? held.length() : open);
        if (held.length() < 2) {
            return false;
        }
        char next = held.charAt(1);
        if (Character.isLetter(next) && next < 128) {
            return tag();
        }
        switch (next) {
            case '!' -> {
                boolean isUndecided = held.length() < 4 && "<!--".startsWith(held.toString());
                if (isUndecided) {
                    return false;
                }
                boolean isComment = held.length() >= 4 && held.substring(0, 4).equals("<!--");
                pass(isComment ? 4 : 2);
                until = isComment ? "-->" : ">";
            }
            case '/', '?' -> {
                pass(2);
                until = ">";
            }
            default -> pass(1);
        }
        return true;
    }

    private boolean tag() {
        var tag = new HtmlTag(held);
        if (!tag.isWhole()) {
            if (held.length() <= LONGEST_TAG) {
                return false;
            }
            pass(1);
            return true;
        }
        out.append(tag.turned(links));
        held.delete(0, tag.length());
        String name = tag.name().toLowerCase(Locale.ROOT);
        if (OPAQUE.contains(name)) {
            until = "</" + name;
        }
        return true;
    }
}
