package dev.gantry.state.codec.json;

import java.nio.charset.StandardCharsets;

/**
 * JSON for people: indented by two spaces, as Go's {@code json.Indent} does it, but no further than
 * anyone could read: a value of two bytes would become hundreds.
 *
 * <p>Cost: works on the bytes; a tree of a list of 60 MB would take ten times as much.
 */
public final class PrettyJson {
    private static final int DEEPEST = 64;
    private static final byte[] LINE =
            ("\n" + "  ".repeat(DEEPEST)).getBytes(StandardCharsets.US_ASCII);

    private final byte[] json;
    private final int end;
    private final JsonText out;
    private int at;
    private int depth;

    private PrettyJson(byte[] json, int end, int depth, JsonText out) {
        this.json = json;
        this.end = end;
        this.depth = depth;
        this.out = out;
    }

    /** A whole text, with a new line at its end. */
    public static byte[] of(byte[] json) {
        JsonText out = new JsonText();
        write(json, json.length, 0, out);
        out.append('\n');
        return out.take();
    }

    /**
     * One value.
     *
     * @param json well-formed up to {@code end}
     * @param depth how deep the value stands in the text
     */
    static void write(byte[] json, int end, int depth, JsonText out) {
        new PrettyJson(json, end, depth, out).write();
    }

    /** Begins a line that is indented as all that stands at this depth. */
    public static void newLine(int depth, JsonText out) {
        out.append(LINE, 0, 1 + 2 * Math.min(depth, DEEPEST));
    }

    private void write() {
        while (at < end) {
            byte c = json[at];
            switch (c) {
                case '{', '[' -> open((char) c);
                case '}', ']' -> close((char) c);
                case ',' -> {
                    mark(',');
                    newLine(depth, out);
                }
                case ':' -> {
                    mark(':');
                    out.append(' ');
                }
                case ' ', '\t', '\r', '\n' -> at++;
                default -> copy(c == '"' ? endOfText() : endOfWord());
            }
        }
    }

    private void mark(char c) {
        out.append(c);
        at++;
    }

    /** Nothing stands between the marks of what is empty. */
    private void open(char c) {
        mark(c);
        while (at < end && isSpace(json[at])) {
            at++;
        }
        if (at < end && (json[at] == '}' || json[at] == ']')) {
            mark((char) json[at]);
        } else {
            newLine(++depth, out);
        }
    }

    private void close(char c) {
        newLine(--depth, out);
        mark(c);
    }

    private void copy(int until) {
        out.append(json, at, until - at);
        at = until;
    }

    private int endOfText() {
        int i = at + 1;
        while (i < end && json[i] != '"') {
            i += json[i] == '\\' ? 2 : 1;
        }
        return Math.min(end, i + 1);
    }

    private int endOfWord() {
        int i = at;
        while (i < end && !isSpace(json[i]) && ",:]}".indexOf(json[i]) < 0) {
            i++;
        }
        return i;
    }

    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
