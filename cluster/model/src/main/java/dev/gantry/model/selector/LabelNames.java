package dev.gantry.model.selector;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The grammars of the keys and values of labels. Each rule gives the reasons against a text; none
 * where it is valid.
 */
public final class LabelNames {
    /** What a subdomain is, as a regular expression. */
    public static final String SUBDOMAIN =
            "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

    public static final String NOT_A_SUBDOMAIN =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-'"
                    + " or '.', and must start and end with an alphanumeric character (e.g."
                    + " 'example.com', regex used for validation is '"
                    + SUBDOMAIN
                    + "')";

    private static final int LABEL_BYTES = 63;
    private static final int SUBDOMAIN_BYTES = 253;
    private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String NOT_QUALIFIED =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with"
                    + " an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc',"
                    + " regex used for validation is '"
                    + QUALIFIED
                    + "')";
    private static final String NOT_A_VALUE =
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_'"
                    + " or '.', and must start and end with an alphanumeric character (e.g."
                    + " 'MyValue',  or 'my_value',  or '12345', regex used for validation is '("
                    + QUALIFIED
                    + ")?')";

    private LabelNames() {}

    /** A name with an optional prefix, such as {@code example.com/name}. */
    public static List<String> key(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2) {
            return List.of(
                    "a valid label key "
                            + NOT_QUALIFIED
                            + " with an optional DNS subdomain prefix and '/' (e.g."
                            + " 'example.com/MyName')");
        }
        List<String> against = new ArrayList<>();
        if (parts.length == 2 && parts[0].isEmpty()) {
            against.add("prefix part must be non-empty");
        } else if (parts.length == 2) {
            if (bytes(parts[0]) > SUBDOMAIN_BYTES) {
                against.add("prefix part " + atMost(SUBDOMAIN_BYTES));
            }
            if (!isSubdomain(parts[0])) {
                against.add("prefix part " + NOT_A_SUBDOMAIN);
            }
        }
        String name = parts[parts.length - 1];
        if (name.isEmpty()) {
            against.add("name part must be non-empty");
        } else if (bytes(name) > LABEL_BYTES) {
            against.add("name part " + atMost(LABEL_BYTES));
        }
        if (!isPlainName(name)) {
            against.add("name part " + NOT_QUALIFIED);
        }
        return against;
    }

    public static List<String> value(String text) {
        List<String> against = new ArrayList<>();
        if (bytes(text) > LABEL_BYTES) {
            against.add(atMost(LABEL_BYTES));
        }
        if (!text.isEmpty() && !isPlainName(text)) {
            against.add(NOT_A_VALUE);
        }
        return against;
    }

    /**
     * Lowercase RFC 1123 labels, joined by dots. Compat: bytes are counted, and called characters,
     * which those of keys and values are not.
     */
    public static List<String> subdomain(String text) {
        List<String> against = new ArrayList<>();
        if (bytes(text) > SUBDOMAIN_BYTES) {
            against.add("must be no more than %d characters".formatted(SUBDOMAIN_BYTES));
        }
        if (!isSubdomain(text)) {
            against.add(NOT_A_SUBDOMAIN);
        }
        return against;
    }

    /** Cost: a loop, since the pattern would recurse once per dot in Java's matcher. */
    public static boolean isSubdomain(String text) {
        int start = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
            if (!isLabel(text.substring(start, dot))) {
                return false;
            }
            start = dot + 1;
        }
        return isLabel(text.substring(start));
    }

    /** A lowercase RFC 1123 label of any length. */
    public static boolean isLabel(String text) {
        if (text.isEmpty() || text.startsWith("-") || text.endsWith("-")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (!isLower(each) && !isDigit(each) && each != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlainName(String text) {
        return !text.isEmpty()
                && isLetterOrDigit(text.charAt(0))
                && isLetterOrDigit(text.charAt(text.length() - 1))
                && text.chars()
                        .allMatch(
                                each ->
                                        isLetterOrDigit(each)
                                                || each == '-'
                                                || each == '_'
                                                || each == '.');
    }

    public static boolean isLetterOrDigit(int code) {
        return isLower(code) || isDigit(code) || (code >= 'A' && code <= 'Z');
    }

    private static boolean isLower(int code) {
        return code >= 'a' && code <= 'z';
    }

    private static boolean isDigit(int code) {
        return code >= '0' && code <= '9';
    }

    private static String atMost(int bytes) {
        return "must be no more than %d bytes".formatted(bytes);
    }

    /** How long it is in UTF-8. */
    public static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
