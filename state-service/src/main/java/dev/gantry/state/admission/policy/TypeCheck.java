package dev.gantry.state.admission.policy;

import dev.gantry.expression.CelExpression;
import dev.gantry.expression.CelForm;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.catalog.ResourceCatalog;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.structural.ObjectForms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the expressions of a policy would find wrong with the objects that it is about, such as a
 * misspelt field, before there is one: what {@code status.typeChecking} says.
 *
 * <p>Compat: {@code policy/validating/typechecking.go}: rules with wildcards are not looked at, nor
 * are subresources.
 *
 * <p>Cost: tens of milliseconds a policy, when it is written.
 */
public final class TypeCheck {
    private static final int MOST_KINDS = 10;
    private static final Comparator<GroupVersionKind> ORDER =
            Comparator.comparing(GroupVersionKind::group)
                    .thenComparing(GroupVersionKind::version)
                    .thenComparing(GroupVersionKind::kind);

    private final SortedMap<GroupVersionKind, AdmissionExpressions> byKind = new TreeMap<>(ORDER);

    private TypeCheck(JsonNode spec, ResourceCatalog catalog) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (JsonNode each : spec.path("variables")) {
            variables.put(Resource.text(each, "name"), Resource.text(each, "expression"));
        }
        Optional<CelForm> params = params(spec.path("paramKind"), catalog);
        kinds(spec.at("/matchConstraints/resourceRules"), catalog)
                .forEach(
                        (kind, version) ->
                                byKind.put(
                                        kind,
                                        AdmissionExpressions.checking(
                                                ObjectForms.of(version.schema(), kind.kind()),
                                                params,
                                                variables)));
    }

    /** The status of a policy that was checked; conditions and whatever else it has stay. */
    public static ObjectNode status(Resource policy, ResourceCatalog catalog) {
        ObjectNode status =
                policy.status() instanceof ObjectNode found
                        ? found.deepCopy()
                        : JsonNodeFactory.instance.objectNode();
        status.put("observedGeneration", policy.generation());
        ObjectNode checking = status.putObject("typeChecking");
        TypeCheck check = new TypeCheck(policy.spec(), catalog);
        int number = 0;
        for (JsonNode validation : policy.spec().path("validations")) {
            for (String field : List.of("expression", "messageExpression")) {
                String warning = check.warning(Resource.text(validation, field));
                if (!warning.isEmpty()) {
                    checking.withArrayProperty("expressionWarnings")
                            .addObject()
                            .put("fieldRef", "spec.validations[%d].%s".formatted(number, field))
                            .put("warning", warning);
                }
            }
            number++;
        }
        return status;
    }

    /** Of all kinds for which there is one; empty where there is none. */
    private String warning(String expression) {
        StringJoiner warnings = new StringJoiner("\n");
        warnings.setEmptyValue("");
        if (expression.isEmpty()) {
            return "";
        }
        byKind.forEach(
                (kind, expressions) -> {
                    if (expressions.compile(expression) instanceof CelExpression.Wrong(var why)) {
                        warnings.add("%s: %s\n".formatted(written(kind), why));
                    }
                });
        return warnings.toString();
    }

    /** As Go prints a GroupVersionKind. */
    private static String written(GroupVersionKind kind) {
        return "%s/%s, Kind=%s".formatted(kind.group(), kind.version(), kind.kind());
    }

    private static Optional<CelForm> params(JsonNode paramKind, ResourceCatalog catalog) {
        if (!paramKind.isObject()) {
            return Optional.empty();
        }
        GroupVersionKind kind =
                GroupVersionKind.of(
                        Resource.text(paramKind, "apiVersion"), Resource.text(paramKind, "kind"));
        return Optional.of(
                catalog.of(kind)
                        .map(schema -> ObjectForms.of(schema, "params." + kind.kind()))
                        .orElse(CelForm.ANYTHING));
    }

    private static SortedMap<GroupVersionKind, ServedVersion> kinds(
            JsonNode rules, ResourceCatalog catalog) {
        SortedMap<GroupVersionKind, ServedVersion> found = new TreeMap<>(ORDER);
        for (JsonNode rule : rules) {
            List<String> plurals = texts(rule.path("resources"));
            plurals.removeIf(each -> each.contains("*") || each.contains("/"));
            for (String group : unlessAll(texts(rule.path("apiGroups")))) {
                for (String version : unlessAll(texts(rule.path("apiVersions")))) {
                    for (String plural : plurals) {
                        catalog.servedAs(new GroupResource(group, plural))
                                .flatMap(each -> each.version(group, version))
                                .filter(_ -> found.size() < MOST_KINDS)
                                .ifPresent(
                                        each -> found.put(GroupVersionKind.of(each.kind()), each));
                    }
                }
            }
        }
        return found;
    }

    private static List<String> unlessAll(List<String> names) {
        return names.contains("*") ? List.of() : names;
    }

    /** In order. */
    private static List<String> texts(JsonNode array) {
        TreeSet<String> sorted = new TreeSet<>();
        array.forEach(each -> sorted.add(each.asString("")));
        return new ArrayList<>(sorted);
    }
}
