package dev.gantry.state.kind.admissionregistration.rule;

import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions;
import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions.Result;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Compat: {@code validateMatchConditions}. */
public final class MatchConditionRules {
    private static final int MOST = 64;

    private MatchConditionRules() {}

    public static void check(Field conditions, Supplier<AdmissionExpressions> expressions) {
        int count = conditions.items().size();
        if (count > MOST) {
            conditions.tooMany(count, MOST);
        }
        Set<String> names = new HashSet<>();
        for (Field each : conditions.items()) {
            Field expression = each.child("expression");
            if (expression.text().isBlank()) {
                expression.required("");
            } else {
                expressions.get().check(expression, Result.BOOL);
            }
            Field name = each.child("name");
            if (name.isEmpty()) {
                name.required("");
            } else {
                Names.qualified(name.text()).forEach(why -> name.invalidText(name.text(), why));
                if (!names.add(name.text())) {
                    name.duplicate();
                }
            }
        }
    }
}
