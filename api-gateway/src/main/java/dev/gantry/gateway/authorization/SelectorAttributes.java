package dev.gantry.gateway.authorization;

import dev.gantry.authorization.Selection;
import dev.gantry.model.selector.FieldSelector;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.model.selector.LabelSelector.Operator;
import dev.gantry.model.selector.LabelSelector.Requirement;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a review tells of selectors. A requirement that it has no word for is left out: that asks
 * for more than is wanted, never for less.
 *
 * <p>Compat: {@code fieldSelectorToAuthorizationAPI} and {@code labelSelectorToAuthorizationAPI}.
 */
final class SelectorAttributes {
    private SelectorAttributes() {}

    static void put(ObjectNode resource, Selection selection) {
        put(resource, "fieldSelector", fields(selection.fields()));
        put(resource, "labelSelector", labels(selection.labels()));
    }

    private static void put(ObjectNode resource, String field, ArrayNode requirements) {
        if (!requirements.isEmpty()) {
            resource.putObject(field).set("requirements", requirements);
        }
    }

    private static ArrayNode fields(FieldSelector selector) {
        ArrayNode requirements = JsonNodeFactory.instance.arrayNode();
        for (FieldSelector.Term each : selector.terms()) {
            add(requirements, each.field(), each.isEqual() ? "In" : "NotIn", List.of(each.value()));
        }
        return requirements;
    }

    /** Compat: in the order of their keys, each with its values in order. */
    private static ArrayNode labels(LabelSelector selector) {
        ArrayNode requirements = JsonNodeFactory.instance.arrayNode();
        selector.requirements().stream()
                .sorted(Comparator.comparing(Requirement::key))
                .filter(each -> !wordOf(each.operator()).isEmpty())
                .forEach(
                        each ->
                                add(
                                        requirements,
                                        each.key(),
                                        wordOf(each.operator()),
                                        each.values().stream().distinct().sorted().toList()));
        return requirements;
    }

    /** Empty where there is none. */
    private static String wordOf(Operator operator) {
        return switch (operator) {
            case IN -> "In";
            case NOT_IN -> "NotIn";
            case EXISTS -> "Exists";
            case NOT_EXISTS -> "DoesNotExist";
            case GREATER, LESS -> "";
        };
    }

    private static void add(
            ArrayNode requirements, String key, String operator, List<String> values) {
        ObjectNode requirement = requirements.addObject().put("key", key).put("operator", operator);
        if (!values.isEmpty()) {
            ArrayNode listed = requirement.putArray("values");
            values.forEach(listed::add);
        }
    }
}
