package dev.gantry.authorization;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One rule of a role.
 *
 * <p>Compat: matching is that of {@code rbac/v1/evaluation_helpers.go}: {@code *} stands for all,
 * {@code *}{@code /x} for subresource x of everything, and a path may end in {@code *}.
 */
public record PolicyRule(
        List<String> verbs,
        List<String> groups,
        List<String> resources,
        List<String> names,
        List<String> paths) {
    private static final String ALL = "*";

    public PolicyRule {
        verbs = List.copyOf(verbs);
        groups = List.copyOf(groups);
        resources = List.copyOf(resources);
        names = List.copyOf(names);
        paths = List.copyOf(paths);
    }

    public static PolicyRule of(JsonNode rule) {
        return new PolicyRule(
                texts(rule.path("verbs")),
                texts(rule.path("apiGroups")),
                texts(rule.path("resources")),
                texts(rule.path("resourceNames")),
                texts(rule.path("nonResourceURLs")));
    }

    /** The {@code rules} of a role, in order; empty where it has none. */
    public static List<PolicyRule> all(JsonNode role) {
        List<PolicyRule> found = new ArrayList<>();
        role.path("rules").forEach(each -> found.add(of(each)));
        return found;
    }

    public static PolicyRule resources(List<String> verbs, String group, List<String> resources) {
        return new PolicyRule(verbs, List.of(group), resources, List.of(), List.of());
    }

    public static PolicyRule paths(List<String> verbs, List<String> paths) {
        return new PolicyRule(verbs, List.of(), List.of(), List.of(), paths);
    }

    public PolicyRule named(String... only) {
        return new PolicyRule(verbs, groups, resources, List.of(only), paths);
    }

    public boolean allows(Access access) {
        if (!has(verbs, access.verb())) {
            return false;
        }
        return access.isResource() ? allowsResource(access) : allowsPath(access.path());
    }

    private boolean allowsResource(Access access) {
        return has(groups, access.group())
                && hasResource(access)
                && (names.isEmpty() || names.contains(access.name()));
    }

    private boolean hasResource(Access access) {
        String subresource = access.subresource();
        for (String each : resources) {
            if (each.equals(ALL) || each.equals(access.pluralWithSubresource())) {
                return true;
            }
            if (!subresource.isEmpty() && each.startsWith("*/") && each.endsWith(subresource)) {
                return each.length() == subresource.length() + 2;
            }
        }
        return false;
    }

    private boolean allowsPath(String path) {
        for (String each : paths) {
            boolean isPrefix =
                    each.endsWith(ALL) && path.startsWith(each.substring(0, each.length() - 1));
            if (isPrefix || each.equals(path)) {
                return true;
            }
        }
        return false;
    }

    public ObjectNode toTree() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        put(tree, "verbs", verbs);
        put(tree, "apiGroups", groups);
        put(tree, "resources", resources);
        put(tree, "resourceNames", names);
        put(tree, "nonResourceURLs", paths);
        return tree;
    }

    private static boolean has(List<String> wanted, String found) {
        return wanted.contains(found) || wanted.contains(ALL);
    }

    private static List<String> texts(JsonNode array) {
        List<String> found = new ArrayList<>();
        array.forEach(each -> found.add(each.asString("")));
        return found;
    }

    private static void put(ObjectNode tree, String field, List<String> values) {
        if (!values.isEmpty()) {
            var array = tree.putArray(field);
            values.forEach(array::add);
        }
    }
}
