package dev.gantry.state.kind.resource.device;

import dev.gantry.expression.DeviceExpression;
import dev.gantry.state.validation.DriverNames;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Selectors, tolerations and configurations, which classes and claims share. */
public final class SelectorRules {
    public static final int MOST_SELECTORS = 32;
    public static final int MOST_CONFIGS = 32;
    public static final List<String> EFFECTS = List.of("NoExecute", "NoSchedule", "None");
    private static final int MOST_TOLERATIONS = 16;
    private static final int EXPRESSION_BYTES = 10 << 10;
    private static final int PARAMETER_BYTES = 10 << 10;
    private static final List<String> OPERATORS = List.of("Equal", "Exists");

    private SelectorRules() {}

    public static void selectors(Field selectors) {
        selectors(selectors, Set.of());
    }

    /**
     * @param stored expressions that were accepted once and are not judged again
     */
    public static void selectors(Field selectors, Set<String> stored) {
        if (!DeviceNames.isShortEnough(selectors, MOST_SELECTORS)) {
            return;
        }
        for (Field selector : selectors.items()) {
            Field cel = selector.child("cel");
            Field expression = cel.child("expression");
            if (!cel.isSet()) {
                cel.required("");
            } else if (expression.text().length() > EXPRESSION_BYTES) {
                expression.tooLong(EXPRESSION_BYTES);
            } else if (!stored.contains(expression.text())) {
                compile(expression);
            }
        }
    }

    private static void compile(Field expression) {
        switch (DeviceExpression.compile(expression.text())) {
            case DeviceExpression.Wrong wrong -> expression.invalid(wrong.why());
            case DeviceExpression.Sound sound when sound.isTooComplex() ->
                    expression.forbidden("too complex, exceeds cost limit");
            case DeviceExpression.Sound _ -> {}
        }
    }

    /** The expressions of selectors that are stored. */
    public static Set<String> expressions(JsonNode selectors) {
        Set<String> found = new HashSet<>();
        selectors.forEach(each -> found.add(each.at("/cel/expression").asString("")));
        return found;
    }

    public static void tolerations(Field tolerations) {
        if (DeviceNames.isShortEnough(tolerations, MOST_TOLERATIONS)) {
            tolerations.items().forEach(SelectorRules::toleration);
        }
    }

    private static void toleration(Field toleration) {
        Field key = toleration.child("key");
        Field value = toleration.child("value");
        if (!key.isEmpty()) {
            LabelRules.labelKey(key, key.text());
        }
        Field operator = toleration.child("operator");
        switch (operator.text()) {
            case "Exists" -> {
                if (!value.isEmpty()) {
                    value.invalid("must be empty for operator `Exists`");
                }
            }
            case "Equal" ->
                    Names.labelValue(value.text())
                            .forEach(each -> value.invalidText(value.text(), each));
            default -> operator.oneOf(OPERATORS);
        }
        Field effect = toleration.child("effect");
        if (!effect.isEmpty() && !EFFECTS.contains(effect.text())) {
            effect.notSupported(EFFECTS);
        }
    }

    public static void configuration(Field configuration) {
        Field opaque = configuration.child("opaque");
        if (!opaque.isSet()) {
            opaque.required("");
            return;
        }
        DriverNames.check(opaque.child("driver"));
        parameters(opaque.child("parameters"), PARAMETER_BYTES);
    }

    /** A JSON object of limited size. */
    public static void parameters(Field parameters, int mostBytes) {
        if (!parameters.isSet()) {
            parameters.required("");
            return;
        }
        byte[] bytes = parameters.value().toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > mostBytes) {
            parameters.tooLong(mostBytes);
        } else if (!parameters.value().isObject()) {
            parameters.invalidText("<value omitted>", "must be a valid JSON object");
        }
    }
}
