package dev.gantry.state.kind.admissionregistration.rule;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.HashSet;
import java.util.Set;

/** Compat: {@code validateMatchConditions}, but for what the expressions say. */
public final class ConditionNames {
    private static final int MOST = 64;

    private ConditionNames() {}

    public static void check(Field conditions) {
        int count = conditions.items().size();
        if (count > MOST) {
            conditions.tooMany(count, MOST);
        }
        Set<String> names = new HashSet<>();
        for (Field each : conditions.items()) {
            if (each.text("expression").isBlank()) {
                each.child("expression").required("");
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
