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
     */
    public static FieldSelector parse(String text) {
        List<Term> found = new ArrayList<>();
        if (text.isBlank()) {
            return EVERYTHING;
        }
        String[] parts = text.split(",", MOST_TERMS + 1);
        if (parts.length > MOST_TERMS) {
            throw new IllegalArgumentException(
                    "a selector has at most %d terms".formatted(MOST_TERMS));
        }
        for (String part : parts) {
            int unequal = part.indexOf("!=");
            int equal = part.indexOf('=');
            if (equal < 1) {
                throw new IllegalArgumentException(
                        "invalid selector: '%s'; can't understand '%s'".formatted(text, part));
            }
            if (unequal >= 0) {
                found.add(new Term(part.substring(0, unequal), part.substring(unequal + 2), false));
            } else {
                int from = part.startsWith("==", equal) ? equal + 2 : equal + 1;
                found.add(new Term(part.substring(0, equal), part.substring(from), true));
            }
        }
        return new FieldSelector(found);
    }
}
