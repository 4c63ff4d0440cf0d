package dev.gantry.state.kind.core.resourcequota;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Quantities;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/core/resourcequota}. */
final class ResourceQuotaStrategy implements Strategy {
    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public boolean returnsDeletedObject() {
        return true;
    }

    @Override
    public void setDefaults(ObjectNode object) {
        Quantities.canonicalMap(Resource.child(object, "spec"), "hard");
        Defaults.within(
                object,
                "status",
                status -> {
                    Quantities.canonicalMap(status, "hard");
                    Quantities.canonicalMap(status, "used");
                });
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field spec = Field.root(object, errors).child("spec");
        ResourceQuotaRules.amounts(spec.child("hard"));
        ScopeRules.check(spec);
        return errors;
    }

    /** Compat: a selector of scopes may change, a plain list may not. */
    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = validate(updated);
        Field scopes = Field.root(updated, errors).child("spec", "scopes");
        JsonNode before = stored.path("spec").path("scopes");
        var kept = new TreeSet<String>();
        before.forEach(each -> kept.add(each.asString("")));
        if (!new TreeSet<>(scopes.texts()).equals(kept)) {
            scopes.invalid(Rules.IMMUTABLE);
        }
        return errors;
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field status = Field.root(updated, errors).child("status");
        ResourceQuotaRules.amounts(status.child("hard"));
        ResourceQuotaRules.amounts(status.child("used"));
        return errors;
    }
}
