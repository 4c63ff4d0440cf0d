package dev.gantry.state.kind.resource.deviceclass;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.kind.core.pod.container.ResourceNames;
import dev.gantry.state.kind.resource.device.DeviceNames;
import dev.gantry.state.kind.resource.device.SelectorRules;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/resource/deviceclass}. */
public final class DeviceClassStrategy implements Strategy {
    @Override
    public boolean returnsDeletedObject() {
        return true;
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        return validate(object, Set.of());
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        return validate(updated, SelectorRules.expressions(stored.at("/spec/selectors")));
    }

    private static List<FieldError> validate(ObjectNode object, Set<String> storedExpressions) {
        List<FieldError> errors = new ArrayList<>();
        Field spec = Field.root(object, errors).child("spec");
        SelectorRules.selectors(spec.child("selectors"), storedExpressions);
        Field config = spec.child("config");
        if (DeviceNames.isShortEnough(config, SelectorRules.MOST_CONFIGS)) {
            config.items().forEach(SelectorRules::configuration);
        }
        Field extended = spec.child("extendedResourceName");
        if (extended.isSet() && !ResourceNames.isExtended(extended.text())) {
            extended.invalid("must be a valid extended resource name");
        }
        return errors;
    }
}
