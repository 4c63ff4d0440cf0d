package dev.gantry.state.schema.structural;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.MetadataRules;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whole objects inside others: they say their kind, and their metadata is valid.
 *
 * <p>Compat: {@code objectmeta} of apiextensions-apiserver.
 */
final class EmbeddedRules {
    private EmbeddedRules() {}

    static void check(Field object) {
        for (String each : List.of("apiVersion", "kind")) {
            if (object.text(each).isEmpty()) {
                object.child(each).required("");
            }
        }
        if (object.value().path("metadata").isObject()) {
            for (FieldError each : MetadataRules.ofEmbedded((ObjectNode) object.value())) {
                object.errors()
                        .add(
                                new FieldError(
                                        each.type(),
                                        object.path() + "." + each.field(),
                                        each.detail()));
            }
        }
    }
}
