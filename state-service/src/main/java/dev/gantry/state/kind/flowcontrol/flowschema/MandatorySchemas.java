package dev.gantry.state.kind.flowcontrol.flowschema;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import dev.gantry.state.validation.Sameness;
import java.util.List;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two schemas that every cluster has, as they must be: one for those who never wait, one for
 * all requests that no other schema is for.
 *
 * <p>Compat: {@code apiserver/pkg/apis/flowcontrol/bootstrap}.
 */
public final class MandatorySchemas {
    static final String EXEMPT = "exempt";
    private static final String CATCH_ALL = "catch-all";

    public static final List<String> NAMES = List.of(EXEMPT, CATCH_ALL);

    private MandatorySchemas() {}

    static void check(String name, Field spec) {
        if (NAMES.contains(name) && !Sameness.same(spec.value(), specOf(name))) {
            spec.invalidAs(
                    printed(spec.value()),
                    "spec of '%s' must equal the fixed value".formatted(name));
        }
    }

    /** Of one of the names. */
    public static ObjectNode specOf(String name) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.putObject("priorityLevelConfiguration").put("name", name);
        if (name.equals(EXEMPT)) {
            everything(spec.put("matchingPrecedence", 1), List.of("system:masters"));
        } else {
            spec.putObject("distinguisherMethod").put("type", "ByUser");
            everything(
                    spec.put("matchingPrecedence", 10_000),
                    List.of("system:unauthenticated", "system:authenticated"));
        }
        return spec;
    }

    /** A rule about all that the groups ask. */
    private static void everything(ObjectNode spec, List<String> groups) {
        ObjectNode rule = spec.putArray("rules").addObject();
        for (String each : groups) {
            ObjectNode subject = rule.withArrayProperty("subjects").addObject();
            subject.put("kind", "Group").putObject("group").put("name", each);
        }
        ObjectNode resources = rule.putArray("resourceRules").addObject();
        for (String each : List.of("verbs", "apiGroups", "resources", "namespaces")) {
            resources.putArray(each).add("*");
        }
        resources.put("clusterScope", true);
        ObjectNode paths = rule.putArray("nonResourceRules").addObject();
        paths.putArray("verbs").add("*");
        paths.putArray("nonResourceURLs").add("*");
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
