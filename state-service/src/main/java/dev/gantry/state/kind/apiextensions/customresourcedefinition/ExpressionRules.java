package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.expression.CelExpression;
import dev.gantry.expression.CelForm;
import dev.gantry.state.schema.structural.FieldReference;
import dev.gantry.state.schema.structural.Rule;
import dev.gantry.state.schema.structural.RuleForms;
import dev.gantry.state.schema.structural.StructuralSchema;
import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a schema, {@code x-kubernetes-validations}: whether they can be asked, and what that
 * may cost.
 *
 * <p>Compat: the part of {@code ValidateCustomResourceDefinitionOpenAPISchema} that is about CEL.
 */
final class ExpressionRules {
    private static final String RULES = "x-kubernetes-validations";
    private static final List<String> REASONS =
            List.of(
                    "FieldValueDuplicate",
                    "FieldValueForbidden",
                    "FieldValueInvalid",
                    "FieldValueRequired");

    private final RuleCosts costs = new RuleCosts();
    private final Field root;

    private ExpressionRules(Field root) {
        this.root = root;
    }

    /**
     * Where a schema stands.
     *
     * @param times how often at most it occurs in an object
     * @param uncorrelated the list whose items are not known again after a change, if it is below
     *     one
     */
    private record Place(
            long times, String name, boolean isResource, Optional<String> uncorrelated) {
        Place below(String step, boolean isResource, long most) {
            return new Place(
                    RuleCosts.times(times, most), name + "." + step, isResource, uncorrelated);
        }

        Place items(Field list, long most, boolean isResource) {
            boolean isKnown = list.text("x-kubernetes-list-type").equals("map");
            return new Place(
                    RuleCosts.times(times, most),
                    name + ".@idx",
                    isResource,
                    uncorrelated.or(() -> isKnown ? Optional.empty() : Optional.of(list.path())));
        }
    }

    static void check(Field schema) {
        ExpressionRules rules = new ExpressionRules(schema);
        rules.place(schema, new Place(1, "selfType", true, Optional.empty()));
        rules.costs.report(rules.root);
    }

    private void place(Field schema, Place place) {
        rules(schema, place);
        for (var each : schema.child("properties").entries().entrySet()) {
            Field property = each.getValue();
            place(property, place.below(each.getKey(), isEmbedded(property), 1));
        }
        StructuralSchema form = StructuralSchema.of(schema.value());
        Field items = schema.child("items");
        if (items.value().isObject()) {
            place(items, place.items(schema, RuleForms.mostItems(form), isEmbedded(items)));
        }
        Field values = schema.child("additionalProperties");
        if (values.value().isObject()) {
            place(values, place.below("@elem", isEmbedded(values), RuleForms.mostProperties(form)));
        }
    }

    private static boolean isEmbedded(Field schema) {
        return schema.child("x-kubernetes-embedded-resource").isTrue();
    }

    private void rules(Field schema, Place place) {
        Field rules = schema.child(RULES);
        int before = schema.errors().size();
        rules.items().forEach(each -> words(each, schema));
        if (rules.isEmpty() || schema.errors().size() > before) {
            return;
        }
        Optional<CelForm> form =
                RuleForms.of(StructuralSchema.of(schema.value()), place.name, place.isResource);
        if (form.isPresent()) {
            rules.items().forEach(each -> expression(each, form.get(), place));
        }
    }

    /** What can be seen without understanding it. */
    private static void words(Field rule, Field schema) {
        String text = rule.text("rule");
        if (text.isBlank()) {
            rule.child("rule").required("rule is not specified");
        }
        Field message = rule.child("message");
        if (message.text().contains("\n") && !message.text().isBlank()) {
            message.invalid("must not contain line breaks");
        } else if (message.text().isBlank() && !message.text().isEmpty()) {
            message.invalid("message must be non-empty if specified");
        }
        if (text.strip().contains("\n") && message.isEmpty()) {
            message.required("message must be specified if rule contains line breaks");
        }
        Field made = rule.child("messageExpression");
        if (!made.text().isEmpty() && made.text().isBlank()) {
            made.required("messageExpression must be non-empty if specified");
        }
        Field reason = rule.child("reason");
        if (reason.isSet() && !REASONS.contains(reason.text())) {
            reason.notSupported(REASONS);
        }
        Field path = rule.child("fieldPath");
        if (!path.isEmpty() && !FieldReference.isValid(path.text(), schema.value())) {
            path.invalid("must be a valid path");
        }
    }

    private void expression(Field field, CelForm self, Place place) {
        Rule rule = Rule.of(field.value(), self);
        Field text = field.child("rule");
        switch (rule.condition()) {
            case CelExpression.Wrong(var why) -> wrong(text, field, "compilation failed: " + why);
            case CelExpression.Sound sound -> {
                if (!sound.isCondition()) {
                    wrong(text, field, "cel expression must evaluate to a bool");
                }
                costs.add(text, sound.worstCost(), place.times, "rule");
            }
        }
        if (rule.message().isPresent()) {
            message(field, rule.message().get(), place);
        }
        if (rule.usesOldSelf() && place.uncorrelated.isPresent() && !isOptional(field)) {
            text.invalid(
                    "oldSelf cannot be used on the uncorrelatable portion of the schema within "
                            + place.uncorrelated.get());
        }
        if (isOptional(field) && !rule.usesOldSelf()) {
            field.child("optionalOldSelf").invalid("may not be set if oldSelf is not used in rule");
        }
    }

    private static boolean isOptional(Field rule) {
        return rule.child("optionalOldSelf").isTrue();
    }

    private void message(Field field, CelExpression message, Place place) {
        Field text = field.child("messageExpression");
        switch (message) {
            case CelExpression.Wrong(var why) ->
                    wrong(text, field, "messageExpression compilation failed: " + why);
            case CelExpression.Sound sound -> {
                if (!sound.isText()) {
                    wrong(text, field, "messageExpression must evaluate to a string");
                }
                costs.add(text, sound.worstCost(), place.times, "messageExpression");
            }
        }
    }

    /** Compat: the whole rule is shown, as Go writes it. */
    private static void wrong(Field at, Field rule, String why) {
        at.invalidAs(RuleText.of(rule), why);
    }
}
