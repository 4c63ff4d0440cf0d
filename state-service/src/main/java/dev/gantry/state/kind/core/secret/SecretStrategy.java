package dev.gantry.state.kind.core.secret;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.KeyNames;
import dev.gantry.state.validation.Payload;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code pkg/registry/core/secret} and {@code ValidateSecret}. */
public final class SecretStrategy implements Strategy {
    @Override
    public void setDefaults(ObjectNode object) {
        Defaults.text(object, "type", "Opaque");
        Defaults.within(
                object,
                "stringData",
                texts -> {
                    if (!texts.isEmpty()) {
                        encode(texts, Resource.child(object, "data"));
                    }
                });
        object.remove("stringData");
    }

    /** Compat: {@code stringData} is written only; its entries win over those of {@code data}. */
    private static void encode(ObjectNode texts, ObjectNode data) {
        texts.properties()
                .forEach(
                        each -> {
                            byte[] bytes =
                                    each.getValue().asString("").getBytes(StandardCharsets.UTF_8);
                            data.put(each.getKey(), Base64.getEncoder().encodeToString(bytes));
                        });
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        check(Field.root(object, errors));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field root = Field.root(updated, errors);
        root.child("type").immutable(stored.path("type"));
        Payload.immutable(root, stored, List.of("data"));
        check(root);
        return errors;
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        return Map.of("type", Resource.text(object, "type"));
    }

    private static void check(Field root) {
        Field data = root.child("data");
        long bytes = 0;
        for (var each : data.entries().entrySet()) {
            String key = each.getKey();
            KeyNames.configKey(key).forEach(why -> each.getValue().invalidText(key, why));
            bytes += Payload.binaryBytes(each.getValue());
        }
        if (bytes > Payload.MAX_BYTES) {
            data.tooLong(Payload.MAX_BYTES);
        }
        SecretTypes.check(root);
    }
}
