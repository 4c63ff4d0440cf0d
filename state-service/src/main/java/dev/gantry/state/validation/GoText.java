package dev.gantry.state.validation;

import dev.gantry.model.refusal.FieldError;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Prints values in messages as Kubernetes does, but of large ones only the beginning.
 *
 * <p>Invariant: what is printed is bounded, and so is the work, however large the value is.
 */
public final class GoText {
    private static final int LONGEST = 8 * 1024;
    private static final String CUT = "...";

    private GoText() {}

    /** Text quoted, numbers and booleans bare, objects and lists as JSON; absent text as "". */
    public static String of(JsonNode value) {
        if (value.isMissingNode()) {
            return "\"\"";
        }
        if (value.isString()) {
            return quote(value.stringValue());
        }
        StringBuilder out = new StringBuilder();
        json(out, value);
        return FieldError.shortened(out.toString(), LONGEST);
    }

    /** Compat: the escapes of Go's {@code %q}. */
    public static String quote(String text) {
        boolean isLong = text.length() > LONGEST;
        StringBuilder out = new StringBuilder(Math.min(text.length(), LONGEST) + 5).append('"');
        start(text).codePoints().forEach(each -> append(out, each));
        return out.append(isLong ? CUT : "").append('"').toString();
    }

    /** Compat: Go's {@code unicode.IsPrint}: of what takes room only, the space. */
    public static boolean isPrintable(int code) {
        return switch (Character.getType(code)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> code == ' ';
            default -> true;
        };
    }

    /** What a text begins with: all of it, but for one that is too long to be printed. */
    private static String start(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    private static void json(StringBuilder out, JsonNode value) {
        switch (value) {
            case ObjectNode object -> {
                out.append('{');
                for (var each : object.properties()) {
                    if (out.length() > LONGEST) {
                        return;
                    }
                    out.append(out.charAt(out.length() - 1) == '{' ? "" : ",");
                    json(out, each.getKey());
                    out.append(':');
                    json(out, each.getValue());
                }
                out.append('}');
            }
            case ArrayNode array -> {
                out.append('[');
                for (JsonNode each : array) {
                    if (out.length() > LONGEST) {
                        return;
                    }
                    out.append(out.charAt(out.length() - 1) == '[' ? "" : ",");
                    json(out, each);
                }
                out.append(']');
            }
            case StringNode text -> json(out, text.stringValue());
            default -> out.append(value);
        }
    }

    /** Cost: a node would bring a generator with its buffers for each text. */
    private static void json(StringBuilder out, String text) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(start(text), out);
        out.append('"');
    }

    private static void append(StringBuilder out, int code) {
        switch (code) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case 7 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 11 -> out.append("\\v");
            default -> appendPlain(out, code);
        }
    }

    private static void appendPlain(StringBuilder out, int code) {
        if (code < ' ' || code == 0x7f) {
            out.append("\\x%02x".formatted(code));
        } else if (!isPrintable(code)) {
            out.append(code > 0xffff ? "\\U%08x".formatted(code) : "\\u%04x".formatted(code));
        } else {
            out.appendCodePoint(code);
        }
    }
}
