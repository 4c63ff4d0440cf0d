package dev.gantry.state.kind.core.configmap;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.KeyNames;
import dev.gantry.state.validation.Payload;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/core/configmap} and {@code ValidateConfigMap}. */
public final class ConfigMapStrategy implements Strategy {
    @Override
    public boolean allowsUnconditionalUpdate() {
        return true;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field root = Field.root(object, errors);
        check(root);
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field root = Field.root(updated, errors);
        Payload.immutable(root, stored, List.of("data", "binaryData"));
        check(root);
        return errors;
    }

    private static void check(Field root) {
        Field texts = root.child("data");
        Field binaries = root.child("binaryData");
        long bytes = 0;
        for (var each : texts.entries().entrySet()) {
            key(each.getKey(), each.getValue());
            if (binaries.value().has(each.getKey())) {
                each.getValue()
                        .invalidText(each.getKey(), "duplicate of key present in binaryData");
            }
            bytes += Payload.textBytes(each.getValue());
        }
        for (var each : binaries.entries().entrySet()) {
            key(each.getKey(), each.getValue());
            bytes += Payload.binaryBytes(each.getValue());
        }
        if (bytes > Payload.MAX_BYTES) {
            root.at("[]").tooLong(Payload.MAX_BYTES);
        }
    }

    private static void key(String key, Field entry) {
        KeyNames.configKey(key).forEach(each -> entry.invalidText(key, each));
    }
}
