package dev.gantry.state.kind.flowcontrol.flowschema;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.List;

/**
 * The requests that a schema is for.
 *
 * <p>Compat: {@code ValidateFlowSchemaResourcePolicyRule} and {@code
 * ValidateFlowSchemaNonResourcePolicyRule}.
 */
final class RequestRules {
    private static final String ALL = "*";
    private static final List<String> VERBS =
            List.of(
                    "create",
                    "delete",
                    "deletecollection",
                    "get",
                    "list",
                    "patch",
                    "proxy",
                    "update",
                    "watch");

    private RequestRules() {}

    static void resources(Field rule) {
        verbs(rule.child("verbs"));
        Field groups = rule.child("apiGroups");
        if (groups.isEmpty()) {
            groups.required("resource rules must supply at least one api group");
        }
        alone(groups, "api groups");
        Field resources = rule.child("resources");
        if (resources.isEmpty()) {
            resources.required("resource rules must supply at least one resource");
        }
        alone(resources, "resources");
        Field namespaces = rule.child("namespaces");
        if (namespaces.isEmpty() && !rule.child("clusterScope").isTrue()) {
            namespaces.required(
                    "resource rules that are not cluster scoped must supply at least one"
                            + " namespace");
        } else if (!alone(namespaces, "namespaces")) {
            namespaces.items().forEach(RequestRules::namespace);
        }
    }

    static void paths(Field rule) {
        verbs(rule.child("verbs"));
        Field paths = rule.child("nonResourceURLs");
        if (paths.isEmpty()) {
            paths.required("nonResourceURLs must contain at least one value");
        } else if (!alone(paths, "non-resource URLs")) {
            paths.items().forEach(RequestRules::path);
        }
    }

    private static void verbs(Field verbs) {
        if (verbs.isEmpty()) {
            verbs.required("verbs must contain at least one value");
        } else if (!alone(verbs, "verbs") && !VERBS.containsAll(verbs.texts())) {
            verbs.notSupported(VERBS);
        }
    }

    /** Whether all are meant, which must then be all that is said. */
    private static boolean alone(Field list, String what) {
        boolean hasAll = list.texts().contains(ALL);
        if (hasAll && list.items().size() > 1) {
            list.invalid("if '*' is present, must not specify other " + what);
        }
        return hasAll;
    }

    private static void namespace(Field namespace) {
        for (String each : Names.dnsLabel(namespace.text())) {
            namespace.invalid("each member of this list must be '*' or a DNS-1123 label; " + each);
        }
    }

    private static void path(Field path) {
        String text = path.text();
        if (text.isEmpty()) {
            path.invalid("must not be empty");
        } else if (!text.startsWith("/")) {
            path.invalid("must start with slash");
        } else if (!text.equals("/")) {
            if (text.contains(" ")) {
                path.invalid("must not contain white-space");
            }
            if (text.contains("//")) {
                path.invalid("must not contain double slash");
            }
            int star = text.indexOf('*');
            if (star >= 0 && (star != text.length() - 1 || !text.endsWith("/*"))) {
                path.invalid("wildcard can only do suffix matching");
            }
        }
    }
}
