package dev.gantry.agent.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code $(NAME)} in commands, arguments and values.
 *
 * <p>Compat: {@code third_party/forked/golang/expansion}: {@code $$} stands for one dollar, and a
 * reference to an unknown variable stays as written.
 */
public final class VariableExpansion {
    private VariableExpansion() {}

    private interface Lookup {
        @Nullable String get(String name);
    }

    public static String expand(String text, Map<String, String> variables) {
        return expand(text, variables::get);
    }

    /** The first variable that the text names and that is not known. */
    public static Optional<String> missing(String text, Map<String, String> variables) {
        List<String> missing = new ArrayList<>();
        expand(
                text,
                name -> {
                    if (!variables.containsKey(name)) {
                        missing.add(name);
                    }
                    return variables.get(name);
                });
        return missing.stream().findFirst();
    }

    private static String expand(String text, Lookup variables) {
        var out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean isOperator = c == '$' && at + 1 < text.length();
            if (!isOperator) {
                out.append(c);
                at++;
            } else if (text.charAt(at + 1) == '(') {
                at = reference(text, at, variables, out);
            } else {
                boolean isEscape = text.charAt(at + 1) == '$';
                out.append(isEscape ? "$" : "$" + text.charAt(at + 1));
                at += 2;
            }
        }
        return out.toString();
    }

    private static int reference(String text, int at, Lookup variables, StringBuilder out) {
        int end = text.indexOf(')', at + 2);
        if (end < 0) {
            out.append("$(");
            return at + 2;
        }
        String name = text.substring(at + 2, end);
        String value = variables.get(name);
        out.append(value == null ? text.substring(at, end + 1) : value);
        return end + 1;
    }
}
