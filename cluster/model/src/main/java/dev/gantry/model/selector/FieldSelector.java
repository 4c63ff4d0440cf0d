package dev.gantry.model.selector;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A conjunction of equalities on named fields, such as {@code
 * spec.nodeName=a,status.phase!=Failed}.
 */
public record FieldSelector(List<Term> terms) {
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    /** Each is asked of each object. */
    private static final int MOST_TERMS = 1000;

    public FieldSelector {
        terms = List.copyOf(terms);
    }

    /** One comparison; not equal where {@code isEqual} is false. */
    public record Term(String field, String value, boolean isEqual) {}

    public boolean isEverything() {
        return terms.isEmpty();
    }

    /**
     * @param fieldValue gives the text of a field of the object in question, empty where absent
     */
    public boolean selects(UnaryOperator<String> fieldValue) {
        for (Term term : terms) {
            if (fieldValue.apply(term.field).equals(term.value) != term.isEqual) {
                return false;
            }
        }
        return true;
    }

    /**
     * Throws IllegalArgumentException, with a sentence for the client, where the text is malformed.
     *
     * <p>Compat: {@code fields.ParseSelector}: empty terms are passed over, and in a value a comma,
     * an equals sign and a backslash stand behind a backslash.
     */
    public static FieldSelector parse(String text) {
        List<Term> found = new ArrayList<>();
        for (String part : split(text)) {
            if (part.isEmpty()) {
                continue;
            }
            if (found.size() == MOST_TERMS) {
                throw new IllegalArgumentException(
                        "a selector has at most %d terms".formatted(MOST_TERMS));
            }
            found.add(term(text, part));
        }
        return found.isEmpty() ? EVERYTHING : new FieldSelector(found);
    }

    private static Term term(String text, String part) {
        int equal = part.indexOf('=');
        if (equal < 0) {
            throw new IllegalArgumentException(
                    "invalid selector: '%s'; can't understand '%s'".formatted(text, part));
        }
        boolean isEqual = equal == 0 || part.charAt(equal - 1) != '!';
        int from = isEqual && part.startsWith("==", equal) ? equal + 2 : equal + 1;
        String field = part.substring(0, isEqual ? equal : equal - 1);
        return new Term(field, unescaped(part.substring(from)), isEqual);
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == ',') {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String unescaped(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '=') {
                throw new IllegalArgumentException(
                        "invalid field selector: unescaped character in value: " + (int) c);
            }
            if (c == '\\') {
                i++;
                if (i == value.length() || "\\,=".indexOf(value.charAt(i)) < 0) {
                    throw new IllegalArgumentException(
                            "invalid field selector: invalid escape sequence: "
                                    + value.substring(i - 1, Math.min(i + 1, value.length())));
                }
                c = value.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
    }
}
