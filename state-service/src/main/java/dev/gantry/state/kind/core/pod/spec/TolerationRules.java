package dev.gantry.state.kind.core.pod.spec;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Sameness;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tolerations of taints, and the taints' effects. */
public final class TolerationRules {
    private static final List<String> EFFECTS =
            List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    /** Compat: the comparing ones are not named, even where they are accepted. */
    private static final List<String> OPERATORS = List.of("Equal", "Exists");

    private static final Pattern CANONICAL = Pattern.compile("0|-?[1-9][0-9]*");
    private static final Pattern SIGNED = Pattern.compile("[+-]?[0-9]+");

    private TolerationRules() {}

    public static void check(Field tolerations) {
        tolerations.items().forEach(TolerationRules::toleration);
    }

    private static void toleration(Field toleration) {
        Field key = toleration.child("key");
        Field operator = toleration.child("operator");
        Field effect = toleration.child("effect");
        if (!key.isEmpty()) {
            LabelRules.labelKey(key, key.text());
        } else if (!operator.text().equals("Exists")) {
            operator.invalidText(
                    operator.text(),
                    "operator must be Exists when `key` is empty, which means \"match all values"
                            + " and all keys\"");
        }
        if (toleration.has("tolerationSeconds") && !effect.text().equals("NoExecute")) {
            effect.invalidText(
                    effect.text(), "effect must be 'NoExecute' when `tolerationSeconds` is set");
        }
        value(toleration, operator);
        if (!effect.isEmpty()) {
            effect(effect);
        }
    }

    /** Compat: what is wrong with a value that is no number is reported at the operator. */
    private static void value(Field toleration, Field operator) {
        String value = toleration.text("value");
        switch (operator.text()) {
            case "", "Equal" -> {
                List<String> against = Names.labelValue(value);
                if (!against.isEmpty()) {
                    operator.invalidText(value, String.join(";", against));
                }
            }
            case "Exists" -> {
                if (!value.isEmpty()) {
                    operator.invalidText(value, "value must be empty when `operator` is 'Exists'");
                }
            }
            case "Lt", "Gt" -> wholeNumber(toleration.child("value"));
            default -> operator.notSupported(OPERATORS);
        }
    }

    /** Compat: {@code IsDecimalInteger}, then what Go says when it parses the text. */
    private static void wholeNumber(Field value) {
        String text = value.text();
        if (text.isEmpty()) {
            value.invalidText(text, "must be non-empty");
        } else if (!CANONICAL.matcher(text).matches()) {
            value.invalidText(text, "must be a valid decimal integer in canonical form");
        }
        try {
            Long.parseLong(text);
        } catch (NumberFormatException notANumber) {
            String why = SIGNED.matcher(text).matches() ? "value out of range" : "invalid syntax";
            value.invalidText(
                    text, "strconv.ParseInt: parsing %s: %s".formatted(GoText.quote(text), why));
        }
    }

    public static void effect(Field effect) {
        if (effect.isEmpty()) {
            effect.required("");
        } else if (!EFFECTS.contains(effect.text())) {
            effect.notSupported(EFFECTS);
        }
    }

    /** An update may add tolerations, and change how long one holds. */
    public static void onlyAdded(Field tolerations, JsonNode before) {
        for (JsonNode old : before) {
            boolean isKept =
                    tolerations.items().stream()
                            .anyMatch(
                                    each ->
                                            Sameness.same(
                                                    withoutSeconds(each.value()),
                                                    withoutSeconds(old)));
            if (!isKept) {
                tolerations.forbidden(
                        "existing toleration can not be modified except its tolerationSeconds");
                return;
            }
        }
        check(tolerations);
    }

    private static JsonNode withoutSeconds(JsonNode toleration) {
        return toleration instanceof ObjectNode object
                ? object.deepCopy().without(Set.of("tolerationSeconds"))
                : toleration;
    }
}
