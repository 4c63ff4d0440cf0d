package dev.gantry.model.selector;

import dev.gantry.model.selector.LabelSelector.Operator;
import dev.gantry.model.selector.LabelSelector.Requirement;
import dev.gantry.model.selector.LabelTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Parses the {@code labelSelector} query parameter, such as {@code app=web,tier in (a,b),!old}.
 *
 * <p>Compat: {@code labels.Parse}, with its words.
 */
public final class LabelQuery {
    /** Each is asked of each object. */
    private static final int MOST_REQUIREMENTS = 1000;

    private final LabelTokens tokens;

    private LabelQuery(LabelTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Throws IllegalArgumentException, with a sentence for the client, where the text is malformed.
     */
    public static LabelSelector parse(String text) {
        return new LabelSelector(new LabelQuery(LabelTokens.of(text)).requirements());
    }

    private List<Requirement> requirements() {
        List<Requirement> found = new ArrayList<>();
        while (!tokens.peek().isEnd()) {
            if (!beginsRequirement(tokens.peek())) {
                throw unexpected(tokens.peek(), "!, identifier, or 'end of string'");
            }
            found.add(requirement());
            if (found.size() > MOST_REQUIREMENTS) {
                throw new IllegalArgumentException(
                        "a selector has at most %d requirements".formatted(MOST_REQUIREMENTS));
            }
            Token after = tokens.next();
            if (after.is(",") && !beginsRequirement(tokens.peek())) {
                throw unexpected(tokens.peek(), "identifier after ','");
            }
            if (!after.is(",") && !after.isEnd()) {
                throw unexpected(after, "',' or 'end of string'");
            }
        }
        return found;
    }

    private static boolean beginsRequirement(Token token) {
        return token.isWord() || token.is("!");
    }

    private Requirement requirement() {
        try {
            boolean isDenied = tokens.peek().is("!");
            if (isDenied) {
                tokens.next();
            }
            Token key = tokens.next();
            if (!key.isWord()) {
                throw unexpected(key, "identifier");
            }
            refuse("<nil>", key.text(), LabelNames.key(key.text()));
            boolean hasOperator = !tokens.peek().isEnd() && !tokens.peek().is(",");
            if (isDenied || !hasOperator) {
                return new Requirement(
                        key.text(), isDenied ? Operator.NOT_EXISTS : Operator.EXISTS, List.of());
            }
            return compared(key.text());
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "unable to parse requirement: " + malformed.getMessage(), malformed);
        }
    }

    private Requirement compared(String key) {
        Token token = tokens.next();
        Operator operator =
                operatorOf(token)
                        .orElseThrow(() -> unexpected(token, "in, notin, =, ==, !=, gt, lt"));
        SortedSet<String> values = token.isWord() ? set() : new TreeSet<>(List.of(single()));
        check(key, operator, List.copyOf(values));
        return new Requirement(key, operator, List.copyOf(values));
    }

    private static Optional<Operator> operatorOf(Token token) {
        return switch (token.text()) {
            case "in", "=", "==" -> Optional.of(Operator.IN);
            case "notin", "!=" -> Optional.of(Operator.NOT_IN);
            case ">" -> Optional.of(Operator.GREATER);
            case "<" -> Optional.of(Operator.LESS);
            default -> Optional.empty();
        };
    }

    private String single() {
        Token next = tokens.peek();
        if (next.isEnd() || next.is(",")) {
            return "";
        }
        tokens.next();
        if (!next.isWord()) {
            throw unexpected(next, "identifier");
        }
        return next.text();
    }

    /** Between commas, or parentheses, there may be nothing, which is an empty value. */
    private SortedSet<String> set() {
        Token opening = tokens.next();
        if (!opening.is("(")) {
            throw new IllegalArgumentException(
                    "found '%s' expected: '('".formatted(opening.text()));
        }
        SortedSet<String> values = new TreeSet<>();
        Token first = tokens.peek();
        if (!first.is(")") && !first.isWord() && !first.is(",")) {
            throw unexpected(first, "',', ')' or identifier");
        }
        boolean isValueDue = true;
        Token token = tokens.next();
        while (!token.is(")")) {
            if (token.isWord() && isValueDue) {
                values.add(token.text());
            } else if (token.is(",") && isValueDue) {
                values.add("");
            } else if (!token.is(",")) {
                throw unexpected(token, isValueDue ? "',', or identifier" : "',' or ')'");
            }
            isValueDue = token.is(",");
            token = tokens.next();
        }
        if (isValueDue) {
            values.add("");
        }
        return values;
    }

    /** Compat: {@code labels.NewRequirement}. */
    private static void check(String key, Operator operator, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            String path = "values[" + i + "]";
            boolean isNumber = operator == Operator.GREATER || operator == Operator.LESS;
            if (isNumber && !isInteger(values.get(i))) {
                refuse(
                        path,
                        values.get(i),
                        List.of("for 'Gt', 'Lt' operators, the value must be an integer"));
            }
            refuse(path + "[" + key + "]", values.get(i), LabelNames.value(values.get(i)));
        }
    }

    private static boolean isInteger(String text) {
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static void refuse(String path, String value, List<String> against) {
        if (!against.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: Invalid value: \"%s\": %s"
                            .formatted(path, value, String.join("; ", against)));
        }
    }

    private static IllegalArgumentException unexpected(Token found, String expected) {
        return new IllegalArgumentException(
                "found '%s', expected: %s".formatted(found.text(), expected));
    }
}
