package dev.gantry.model.selector;

import dev.gantry.model.selector.LabelSelector.Operator;
import dev.gantry.model.selector.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the {@code labelSelector} query parameter, such as {@code app=web,tier in (a,b),!old}. */
public final class LabelQuery {
    private static final String KEY =
            "(?:[A-Za-z0-9.-]+/)?[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?";
    private static final String VALUE = "(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)?";
    private static final Pattern EXISTENCE = Pattern.compile("(!?)\\s*(" + KEY + ")");
    private static final Pattern COMPARISON =
            Pattern.compile("(" + KEY + ")\\s*(==|=|!=|>|<)\\s*(" + VALUE + ")");
    private static final Pattern MEMBERSHIP =
            Pattern.compile("(" + KEY + ")\\s+(in|notin)\\s*\\(([^()]*)\\)");

    private static final Pattern A_VALUE = Pattern.compile(VALUE);
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");
    private static final Pattern PREFIX =
            Pattern.compile(
                    "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*");
    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_PREFIX = 253;

    /** Each is asked of each object. */
    private static final int MOST_REQUIREMENTS = 1000;

    private LabelQuery() {}

    /**
     * Throws IllegalArgumentException, with a sentence for the client, where the text is malformed.
     */
    public static LabelSelector parse(String text) {
        List<Requirement> found = new ArrayList<>();
        for (String part : split(text)) {
            String term = part.strip();
            if (term.isEmpty() && text.isBlank()) {
                continue;
            }
            found.add(requirement(term));
        }
        return new LabelSelector(found);
    }

    private static Requirement requirement(String term) {
        Matcher comparison = COMPARISON.matcher(term);
        if (comparison.matches()) {
            Operator operator =
                    switch (comparison.group(2)) {
                        case "!=" -> Operator.NOT_IN;
                        case ">" -> Operator.GREATER;
                        case "<" -> Operator.LESS;
                        default -> Operator.IN;
                    };
            return checked(comparison.group(1), operator, List.of(comparison.group(3)));
        }
        Matcher membership = MEMBERSHIP.matcher(term);
        if (membership.matches()) {
            Operator operator = membership.group(2).equals("in") ? Operator.IN : Operator.NOT_IN;
            List<String> values = new ArrayList<>();
            for (String value : membership.group(3).split(",", -1)) {
                values.add(value.strip());
            }
            return checked(membership.group(1), operator, List.copyOf(values));
        }
        Matcher existence = EXISTENCE.matcher(term);
        if (existence.matches()) {
            Operator operator =
                    existence.group(1).isEmpty() ? Operator.EXISTS : Operator.NOT_EXISTS;
            return checked(existence.group(2), operator, List.of());
        }
        throw new IllegalArgumentException(
                "unable to parse requirement: found '%s', expected: a label requirement"
                        .formatted(term));
    }

    /** Compat: {@code labels.NewRequirement}. */
    private static Requirement checked(String key, Operator operator, List<String> values) {
        int slash = key.indexOf('/');
        boolean isKey =
                key.length() - slash - 1 <= LONGEST_NAME
                        && slash <= LONGEST_PREFIX
                        && (slash < 0 || PREFIX.matcher(key.substring(0, slash)).matches());
        if (!isKey) {
            throw new IllegalArgumentException(
                    "unable to parse requirement: key: Invalid value: \"%s\"".formatted(key));
        }
        for (String value : values) {
            boolean isCompared = operator == Operator.GREATER || operator == Operator.LESS;
            if (isCompared && !INTEGER.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "unable to parse requirement: values[0]: Invalid value: \"%s\": for 'Gt', 'Lt' operators, the value must be an integer"
                                .formatted(value));
            }
            if (value.length() > LONGEST_NAME || !A_VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "unable to parse requirement: values: Invalid value: \"%s\""
                                .formatted(value));
            }
        }
        return new Requirement(key, operator, values);
    }

    /** Splits at commas that are in no parentheses. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                if (parts.size() == MOST_REQUIREMENTS - 1) {
                    throw new IllegalArgumentException(
                            "a selector has at most %d requirements".formatted(MOST_REQUIREMENTS));
                }
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
