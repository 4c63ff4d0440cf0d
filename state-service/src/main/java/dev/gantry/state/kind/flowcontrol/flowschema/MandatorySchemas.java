package dev.gantry.state.kind.flowcontrol.flowschema;

import dev.gantry.model.flowcontrol.BootstrapFlowControl;
import dev.gantry.model.flowcontrol.BootstrapSchemas;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import dev.gantry.state.validation.Sameness;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two schemas that every cluster has, as they must be: one for those who never wait, one for
 * all requests that no other schema is for.
 */
final class MandatorySchemas {
    static final String EXEMPT = BootstrapFlowControl.EXEMPT;
    private static final List<String> NAMES = List.of(EXEMPT, BootstrapFlowControl.CATCH_ALL);

    private MandatorySchemas() {}

    static void check(String name, Field spec) {
        if (NAMES.contains(name) && !Sameness.same(spec.value(), specOf(name))) {
            spec.invalidAs(
                    printed(spec.value()),
                    "spec of '%s' must equal the fixed value".formatted(name));
        }
    }

    private static ObjectNode specOf(String name) {
        return name.equals(EXEMPT) ? BootstrapSchemas.exempt() : BootstrapSchemas.catchAll();
    }

    private static String printed(JsonNode spec) {
        JsonNode method = spec.path("distinguisherMethod");
        return new GoStruct(spec)
                .put(
                        "PriorityLevelConfiguration",
                        new GoStruct(spec.path("priorityLevelConfiguration"))
                                .text("Name", "name")
                                .toString())
                .number("MatchingPrecedence", "matchingPrecedence")
                .put(
                        "DistinguisherMethod",
                        method.isObject()
                                ? new GoStruct(method).text("Type", "type").toString()
                                : "null")
                .put("Rules", list(spec.path("rules"), MandatorySchemas::rule))
                .toString();
    }

    private static String rule(JsonNode rule) {
        return new GoStruct(rule)
                .put("Subjects", list(rule.path("subjects"), MandatorySchemas::subject))
                .put("ResourceRules", list(rule.path("resourceRules"), MandatorySchemas::resources))
                .put(
                        "NonResourceRules",
                        list(rule.path("nonResourceRules"), MandatorySchemas::paths))
                .toString();
    }

    private static String subject(JsonNode subject) {
        return new GoStruct(subject)
                .text("Kind", "kind")
                .put("User", named(subject.path("user")))
                .put("Group", named(subject.path("group")))
                .put("ServiceAccount", account(subject.path("serviceAccount")))
                .toString();
    }

    private static String named(JsonNode part) {
        return part.isObject() ? new GoStruct(part).text("Name", "name").toString() : "null";
    }

    private static String account(JsonNode part) {
        return part.isObject()
                ? new GoStruct(part).text("Namespace", "namespace").text("Name", "name").toString()
                : "null";
    }

    private static String resources(JsonNode rule) {
        return new GoStruct(rule)
                .value("Verbs", "verbs")
                .value("APIGroups", "apiGroups")
                .value("Resources", "resources")
                .flag("ClusterScope", "clusterScope")
                .value("Namespaces", "namespaces")
                .toString();
    }

    private static String paths(JsonNode rule) {
        return new GoStruct(rule)
                .value("Verbs", "verbs")
                .value("NonResourceURLs", "nonResourceURLs")
                .toString();
    }

    /** How one item is printed. */
    private interface Printing {
        String of(JsonNode item);
    }

    private static String list(JsonNode items, Printing printing) {
        if (!items.isArray()) {
            return "null";
        }
        StringJoiner all = new StringJoiner(",", "[", "]");
        items.forEach(each -> all.add(printing.of(each)));
        return all.toString();
    }
}
