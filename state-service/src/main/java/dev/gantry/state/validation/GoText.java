package dev.gantry.state.validation;

import tools.jackson.databind.JsonNode;

/** Prints values in messages as Kubernetes does. */
public final class GoText {
    private GoText() {}

    /** Text quoted, numbers and booleans bare, objects and lists as JSON; absent text as "". */
    public static String of(JsonNode value) {
        if (value.isMissingNode()) {
            return "\"\"";
        }
        return value.isString() ? quote(value.stringValue()) : value.toString();
    }

    /** Compat: the escapes of Go's {@code %q}. */
    public static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(each -> append(out, each));
        return out.append('"').toString();
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
        } else if (Character.isISOControl(code) || !Character.isDefined(code)) {
            out.append(code > 0xffff ? "\\U%08x".formatted(code) : "\\u%04x".formatted(code));
        } else {
            out.appendCodePoint(code);
        }
    }
}
