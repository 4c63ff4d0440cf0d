package dev.gantry.authorization;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether a set of rules covers others.
 *
 * <p>Compat: {@code component-helpers/auth/rbac/validation/policy_comparator.go}: what is asked for
 * is broken into the smallest rules, and each must be covered by a single one that is held.
 */
public final class Coverage {
    private Coverage() {}

    /** The smallest rules asked for that none of the held ones covers. */
    public static List<PolicyRule> missing(List<PolicyRule> held, List<PolicyRule> asked) {
        List<PolicyRule> missing = new ArrayList<>();
        for (PolicyRule rule : asked) {
            for (PolicyRule smallest : broken(rule)) {
                if (held.stream().noneMatch(each -> covers(each, smallest))) {
                    missing.add(smallest);
                }
            }
        }
        return missing;
    }

    /** One rule a line, with the verbs on the same thing together, in order. */
    public static String text(List<PolicyRule> rules) {
        Map<String, TreeSet<String>> verbs = new LinkedHashMap<>();
        Map<String, PolicyRule> byThing = new LinkedHashMap<>();
        for (PolicyRule rule : rules) {
            String thing = things(rule);
            verbs.computeIfAbsent(thing, _ -> new TreeSet<>()).addAll(rule.verbs());
            byThing.put(thing, rule);
        }
        TreeSet<String> lines = new TreeSet<>();
        verbs.forEach(
                (thing, all) -> lines.add("{" + thing + "Verbs:" + quoted(List.copyOf(all)) + "}"));
        return String.join("\n", lines);
    }

    /** As Go prints a list of strings with %q. */
    public static String quoted(List<String> texts) {
        return texts.stream()
                .map(each -> '"' + each + '"')
                .collect(Collectors.joining(" ", "[", "]"));
    }

    private static String things(PolicyRule rule) {
        StringBuilder text = new StringBuilder();
        append(text, "APIGroups", rule.groups());
        append(text, "Resources", rule.resources());
        append(text, "NonResourceURLs", rule.paths());
        append(text, "ResourceNames", rule.names());
        return text.toString();
    }

    private static void append(StringBuilder text, String field, List<String> values) {
        if (!values.isEmpty()) {
            text.append(field).append(':').append(quoted(values)).append(", ");
        }
    }

    /** How many smallest rules these are: verbs times groups times resources times names. */
    static long countOf(List<PolicyRule> rules) {
        return rules.stream()
                .mapToLong(
                        rule ->
                                (long) rule.verbs().size()
                                        * (rule.paths().size()
                                                + (long) rule.groups().size()
                                                        * rule.resources().size()
                                                        * Math.max(1, rule.names().size())))
                .sum();
    }

    private static List<PolicyRule> broken(PolicyRule rule) {
        List<PolicyRule> smallest = new ArrayList<>();
        for (String verb : rule.verbs()) {
            for (String path : rule.paths()) {
                smallest.add(PolicyRule.paths(List.of(verb), List.of(path)));
            }
            for (String group : rule.groups()) {
                for (String resource : rule.resources()) {
                    var one = PolicyRule.resources(List.of(verb), group, List.of(resource));
                    if (rule.names().isEmpty()) {
                        smallest.add(one);
                    }
                    rule.names().forEach(name -> smallest.add(one.named(name)));
                }
            }
        }
        return smallest;
    }

    private static boolean covers(PolicyRule held, PolicyRule smallest) {
        boolean coversVerb = hasAll(held.verbs(), smallest.verbs());
        if (!smallest.paths().isEmpty()) {
            return coversVerb
                    && held.paths().stream()
                            .anyMatch(each -> isWithin(each, smallest.paths().getFirst()));
        }
        boolean coversName =
                held.names().isEmpty()
                        || !smallest.names().isEmpty()
                                && held.names().containsAll(smallest.names());
        return coversVerb
                && hasAll(held.groups(), smallest.groups())
                && coversResource(held.resources(), smallest.resources().getFirst())
                && coversName;
    }

    private static boolean hasAll(List<String> held, List<String> asked) {
        return held.contains("*") || held.containsAll(asked);
    }

    private static boolean coversResource(List<String> held, String asked) {
        int slash = asked.indexOf('/');
        return held.contains("*")
                || held.contains(asked)
                || slash >= 0 && held.contains("*" + asked.substring(slash));
    }

    private static boolean isWithin(String held, String asked) {
        return held.equals(asked)
                || held.endsWith("*") && asked.startsWith(held.substring(0, held.length() - 1));
    }
}
