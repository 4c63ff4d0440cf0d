package dev.gantry.state.schema.structural;

import dev.cel.runtime.CelEvaluationException;
import dev.gantry.expression.CelBudget;
import dev.gantry.expression.CelExpression;
import dev.gantry.expression.CelForm;
import dev.gantry.expression.CelValues;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.FieldError.Type;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The rules of a schema, place by place. Places without rules, there or below, are not in it.
 *
 * <p>Compat: {@code cel.Validator} of apiextensions-apiserver, its words and its budget.
 *
 * @param form what a value looks like to the rules
 */
record RuleTree(
        StructuralSchema schema,
        CelForm form,
        List<Rule> rules,
        SortedMap<String, RuleTree> properties,
        Optional<RuleTree> parts) {
    private static final String OUT_OF_BUDGET =
            "validation failed due to running out of cost budget, no further validation rules will"
                    + " be run";

    /** Empty where there is no rule. */
    static Optional<RuleTree> of(StructuralSchema schema, String name, boolean isResource) {
        SortedMap<String, RuleTree> properties = new TreeMap<>();
        schema.properties()
                .forEach(
                        (property, each) ->
                                of(each, name + "." + property, each.extensions().isEmbedded())
                                        .ifPresent(tree -> properties.put(property, tree)));
        Optional<StructuralSchema> below =
                schema.items().isPresent() ? schema.items() : schema.additional();
        Optional<RuleTree> parts =
                below.flatMap(each -> of(each, name + ".@part", each.extensions().isEmbedded()));
        Optional<CelForm> form = RuleForms.of(schema, name, isResource);
        List<Rule> rules = new ArrayList<>();
        for (JsonNode each : schema.limits().schema().path("x-kubernetes-validations")) {
            form.ifPresent(found -> rules.add(Rule.of(each, found)));
        }
        return rules.isEmpty() && properties.isEmpty() && parts.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new RuleTree(
                                schema,
                                form.orElse(CelForm.ANYTHING),
                                List.copyOf(rules),
                                properties,
                                parts));
    }

    /**
     * @param before the value that it replaces; missing where there is none
     */
    void check(Field field, JsonNode before, CelBudget budget) {
        if (field.value().isNull() || budget.isSpent()) {
            return;
        }
        for (Rule rule : rules) {
            boolean isAsked = !rule.isTransition() || !before.isMissingNode();
            if (isAsked && rule.condition() instanceof CelExpression.Sound sound) {
                ask(rule, sound, field, before, budget);
            }
            if (budget.isSpent()) {
                field.invalidText(schema.type(), OUT_OF_BUDGET);
                return;
            }
        }
        below(field, before, budget);
    }

    private void below(Field field, JsonNode before, CelBudget budget) {
        for (var each : properties.entrySet()) {
            if (field.value().has(each.getKey())) {
                each.getValue()
                        .check(field.child(each.getKey()), before.path(each.getKey()), budget);
            }
        }
        if (parts.isEmpty()) {
            return;
        }
        if (field.value().isArray()) {
            Correlation items = new Correlation(schema, before);
            field.items().forEach(each -> parts.get().check(each, items.of(each.value()), budget));
            return;
        }
        for (String name : field.value().propertyNames()) {
            if (!schema.properties().containsKey(name)) {
                parts.get().check(field.child(name), before.path(name), budget);
            }
        }
    }

    private void ask(
            Rule rule, CelExpression.Sound sound, Field field, JsonNode before, CelBudget budget) {
        Map<String, Object> values = values(rule, field.value(), before);
        try {
            Object answer = sound.ask(values, budget);
            boolean isRatcheted = !rule.usesOldSelf() && before.equals(field.value());
            if (!Boolean.TRUE.equals(answer) && !isRatcheted) {
                report(rule, field, rule.words(values, budget));
            }
        } catch (CelEvaluationException | IllegalArgumentException failed) {
            field.invalidText(
                    schema.type(),
                    "%s evaluating rule: %s"
                            .formatted(CelExpression.words(failed), rule.plainWords()));
        }
    }

    private Map<String, Object> values(Rule rule, JsonNode value, JsonNode before) {
        Map<String, Object> values = new HashMap<>();
        values.put(Rule.SELF, CelValues.of(value, form));
        if (rule.usesOldSelf()) {
            Optional<Object> old =
                    before.isMissingNode() || before.isNull()
                            ? Optional.empty()
                            : Optional.of(CelValues.of(before, form));
            values.put(Rule.OLD_SELF, rule.isOldOptional() ? old : old.orElse(value));
        }
        return values;
    }

    private void report(Rule rule, Field field, String words) {
        String path = field.path() + rule.fieldPath();
        String shown = path.startsWith(".") ? path.substring(1) : path;
        // Compat: values with parts are not shown.
        boolean isShown = field.value().isValueNode();
        String value = isShown ? ": " + GoText.of(field.value()) : "";
        field.errors()
                .add(
                        switch (rule.reason()) {
                            case "FieldValueForbidden" -> FieldError.forbidden(shown, words);
                            case "FieldValueRequired" -> FieldError.required(shown, words);
                            case "FieldValueDuplicate" ->
                                    new FieldError(
                                            Type.DUPLICATE, shown, "Duplicate value" + value);
                            default ->
                                    new FieldError(
                                            Type.INVALID,
                                            shown,
                                            "Invalid value" + value + ": " + words);
                        });
    }
}
