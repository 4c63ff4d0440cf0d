package dev.gantry.state.kind.admissionregistration.rule;

import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.validation.Field;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Operations on resources. Compat: {@code validateRuleWithOperations}. */
public final class RuleRules {
    private static final List<String> OPERATIONS =
            List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");
    private static final List<String> SCOPES = List.of("*", "Cluster", "Namespaced");

    private RuleRules() {}

    public static void setDefaults(JsonNode rules) {
        Defaults.each(rules, rule -> Defaults.pointer(rule, "scope", "*"));
    }

    public static void check(Field rule) {
        Field operations = rule.child("operations");
        alone(operations, "operations");
        for (Field each : operations.items()) {
            if (!OPERATIONS.contains(each.text())) {
                each.notSupportedText(each.text(), OPERATIONS);
            }
        }
        alone(rule.child("apiGroups"), "API groups");
        Field versions = rule.child("apiVersions");
        alone(versions, "API versions");
        for (Field each : versions.items()) {
            if (each.isEmpty()) {
                each.required("");
            }
        }
        resources(rule.child("resources"));
        Field scope = rule.child("scope");
        if (scope.isSet() && !SCOPES.contains(scope.text())) {
            scope.notSupportedText(scope.text(), SCOPES);
        }
    }

    /** Some, and where one stands for all of them, no other. */
    private static void alone(Field list, String what) {
        if (list.isEmpty()) {
            list.required("");
        } else if (list.items().size() > 1 && list.texts().contains("*")) {
            list.invalid("if '*' is present, must not specify other " + what);
        }
    }

    private static void resources(Field resources) {
        if (resources.isEmpty()) {
            resources.required("");
        }
        Set<String> allParts = new HashSet<>();
        Set<String> ofAll = new HashSet<>();
        boolean hasWhole = false;
        for (Field each : resources.items()) {
            String text = each.text();
            int slash = text.indexOf('/');
            if (text.isEmpty()) {
                each.required("");
            } else if (slash < 0) {
                hasWhole = !text.equals("*");
            } else {
                part(each, text.substring(0, slash), text.substring(slash + 1), allParts, ofAll);
            }
        }
        List<String> texts = resources.texts();
        if (texts.size() > 1 && texts.contains("*/*")) {
            resources.invalid("if '*/*' is present, must not specify other resources");
        }
        if (hasWhole && texts.contains("*")) {
            resources.invalid(
                    "if '*' is present, must not specify other resources without subresources");
        }
    }

    private static void part(
            Field each, String resource, String part, Set<String> allParts, Set<String> ofAll) {
        if (allParts.contains(resource)) {
            each.invalid(
                    "if '%s/*' is present, must not specify %s".formatted(resource, each.text()));
        }
        if (ofAll.contains(part)) {
            each.invalid("if '*/%s' is present, must not specify %s".formatted(part, each.text()));
        }
        if (part.equals("*")) {
            allParts.add(resource);
        }
        if (resource.equals("*")) {
            ofAll.add(part);
        }
    }
}
