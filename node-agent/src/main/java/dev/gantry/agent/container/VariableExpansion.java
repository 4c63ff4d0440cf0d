package dev.gantry.agent.container;

import java.util.Map;

/**
 * {@code $(NAME)} in commands, arguments and values.
 *
 * <p>Compat: {@code third_party/forked/golang/expansion}: {@code $$} stands for one dollar, and a
 * reference to an unknown variable stays as written.
 */
public final class VariableExpansion {
    private VariableExpansion() {}

    public static String expand(String text, Map<String, String> variables) {
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

    private static int reference(
            String text, int at, Map<String, String> variables, StringBuilder out) {
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
