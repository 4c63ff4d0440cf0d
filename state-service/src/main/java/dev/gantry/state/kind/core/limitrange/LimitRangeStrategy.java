package dev.gantry.state.kind.core.limitrange;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Quantities;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/core/limitrange}. */
public final class LimitRangeStrategy implements Strategy {
    /**
     * Compat: {@code SetDefaults_LimitRangeItem}: limits default to max, requests to limits, min.
     */
    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.each(object.path("spec").path("limits"), LimitRangeStrategy::complete);
    }

    private static void complete(ObjectNode item) {
        for (String field :
                List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio")) {
            Quantities.canonicalMap(item, field);
        }
        if (!Resource.text(item, "type").equals("Container")) {
            return;
        }
        take(item, "default", "max");
        take(item, "defaultRequest", "default");
        take(item, "defaultRequest", "min");
    }

    private static void take(ObjectNode item, String into, String from) {
        for (var each : item.path(from).properties()) {
            ObjectNode target = Resource.child(item, into);
            if (!target.has(each.getKey())) {
                target.set(each.getKey(), each.getValue().deepCopy());
            }
        }
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        LimitRangeRules.check(Field.root(object, errors).child("spec", "limits"));
        return errors;
    }
}
