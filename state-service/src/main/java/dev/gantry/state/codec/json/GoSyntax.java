package dev.gantry.state.codec.json;

import java.nio.charset.StandardCharsets;

/**
 * Finds the first syntax error of a JSON text and says it in the words of Go's scanner. Used only
 * after another parser has refused the text.
 */
public final class GoSyntax {
    private static final String END = "unexpected end of JSON input";

    private final String text;
    private int at;
    private int depth;

    private GoSyntax(String text) {
        this.text = text;
    }

    /** Of a text that is malformed, or has something behind its value. */
    public static String firstError(byte[] json) {
        GoSyntax scanner = new GoSyntax(new String(json, StandardCharsets.UTF_8));
        String value = scanner.value("looking for beginning of value");
        if (!value.isEmpty()) {
            return value;
        }
        scanner.space();
        return scanner.isAtEnd() ? "malformed JSON" : scanner.invalid("after top-level value");
    }

    /** Empty where the value is well-formed; else the error. */
    private String value(String context) {
        space();
        if (isAtEnd()) {
            return END;
        }
        char c = text.charAt(at);
        return switch (c) {
            case '{', '[' -> nested(c);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> c == '-' || isDigit(c) ? number() : invalid(context);
        };
    }

    private String nested(char opening) {
        if (depth == Bounds.MAX_DEPTH) {
            return Bounds.TOO_DEEP;
        }
        depth++;
        String error = opening == '{' ? object() : array();
        depth--;
        return error;
    }

    private String object() {
        at++;
        space();
        if (!isAtEnd() && text.charAt(at) == '}') {
            at++;
            return "";
        }
        while (true) {
            space();
            if (isAtEnd() || text.charAt(at) != '"') {
                return invalid("looking for beginning of object key string");
            }
            String error = string();
            if (error.isEmpty()) {
                error = expect(':', "after object key");
            }
            if (error.isEmpty()) {
                error = value("looking for beginning of value");
            }
            if (!error.isEmpty()) {
                return error;
            }
            space();
            if (!isAtEnd() && text.charAt(at) == '}') {
                at++;
                return "";
            }
            error = expect(',', "after object key:value pair");
            if (!error.isEmpty()) {
                return error;
            }
        }
    }

    private String array() {
        at++;
        space();
        if (!isAtEnd() && text.charAt(at) == ']') {
            at++;
            return "";
        }
        while (true) {
            String error = value("looking for beginning of value");
            if (!error.isEmpty()) {
                return error;
            }
            space();
            if (!isAtEnd() && text.charAt(at) == ']') {
                at++;
                return "";
            }
            error = expect(',', "after array element");
            if (!error.isEmpty()) {
                return error;
            }
        }
    }

    private String string() {
        for (at++; !isAtEnd(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return "";
            }
            if (c < 0x20) {
                return invalid("in string literal");
            }
            if (c == '\\') {
                at++;
                if (isAtEnd()) {
                    return END;
                }
                if ("\"\\/bfnrtu".indexOf(text.charAt(at)) < 0) {
                    return invalid("in string escape code");
                }
            }
        }
        return END;
    }

    private String literal(String word) {
        for (int i = 1; i < word.length(); i++) {
            at++;
            if (isAtEnd() || text.charAt(at) != word.charAt(i)) {
                return invalid("in literal %s (expecting '%s')".formatted(word, word.charAt(i)));
            }
        }
        at++;
        return "";
    }

    private String number() {
        if (text.charAt(at) == '-') {
            at++;
        }
        if (isAtEnd() || !isDigit(text.charAt(at))) {
            return invalid("in numeric literal");
        }
        boolean startsWithZero = text.charAt(at) == '0';
        at++;
        while (!startsWithZero && !isAtEnd() && isDigit(text.charAt(at))) {
            at++;
        }
        if (!isAtEnd() && text.charAt(at) == '.') {
            at++;
            if (isAtEnd() || !isDigit(text.charAt(at))) {
                return invalid("after decimal point in numeric literal");
            }
            digits();
        }
        if (!isAtEnd() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (!isAtEnd() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            if (isAtEnd() || !isDigit(text.charAt(at))) {
                return invalid("in exponent of numeric literal");
            }
            digits();
        }
        return "";
    }

    private void digits() {
        while (!isAtEnd() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private String expect(char wanted, String context) {
        space();
        if (isAtEnd() || text.charAt(at) != wanted) {
            return invalid(context);
        }
        at++;
        return "";
    }

    private String invalid(String context) {
        if (isAtEnd()) {
            return END;
        }
        char c = text.charAt(at);
        String quoted =
                switch (c) {
                    case '\'' -> "'\\''";
                    case '\n' -> "'\\n'";
                    case '\t' -> "'\\t'";
                    case '\r' -> "'\\r'";
                    default -> "'" + c + "'";
                };
        return "invalid character " + quoted + " " + context;
    }

    private void space() {
        while (!isAtEnd() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean isAtEnd() {
        return at >= text.length();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
