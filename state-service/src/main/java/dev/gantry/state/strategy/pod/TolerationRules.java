package dev.gantry.state.strategy.pod;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Sameness;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tolerations of taints, and the taints' effects. */
public final class TolerationRules {
    private static final List<String> EFFECTS =
            List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
    private static final List<String> OPERATORS = List.of("Equal", "Exists", "Lt", "Gt");

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

    /** Compat: what is wrong with the value is reported at the operator. */
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
            case "Lt", "Gt" -> {
                if (!isWholeNumber(value)) {
                    operator.invalidText(
                            value, "value must be a valid integer when `operator` is 'Lt' or 'Gt'");
                }
            }
            default -> operator.notSupported(OPERATORS);
        }
    }

    private static boolean isWholeNumber(String text) {
        try {
            Long.parseLong(text);
            return true;
        } catch (NumberFormatException notANumber) {
            return false;
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
    static void onlyAdded(Field tolerations, JsonNode before) {
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
