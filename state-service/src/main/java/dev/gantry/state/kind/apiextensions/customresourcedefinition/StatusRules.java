package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;
import java.util.ArrayList;
import java.util.List;

/** Compat: {@code ValidateCustomResourceDefinitionStatus} and {@code …StoredVersions}. */
final class StatusRules {
    private StatusRules() {}

    static void check(Field definition) {
        checkNames(definition);
        storedVersions(definition);
    }

    static void checkNames(Field definition) {
        NamesRules.check(definition.child("status", "acceptedNames"));
    }

    private static void storedVersions(Field definition) {
        Field stored = definition.child("status", "storedVersions");
        if (stored.isEmpty()) {
            stored.invalidAs("null", "must have at least one stored version");
            return;
        }
        List<String> unknown = new ArrayList<>(stored.texts());
        for (Field version : definition.child("spec", "versions").items()) {
            boolean isStored = unknown.remove(version.text("name"));
            if (!isStored && version.child("storage").isTrue()) {
                stored.invalidAs(
                        GoText.of(stored.value()),
                        "must have the storage version " + version.text("name"));
            }
        }
        for (Field each : stored.items()) {
            if (unknown.contains(each.text())) {
                each.invalid(
                        "missing from spec.versions; %1$s was previously a storage version, and"
                                        .formatted(each.text())
                                + " must remain in spec.versions until a storage migration ensures"
                                + " no data remains persisted in %1$s and removes %1$s from"
                                        .formatted(each.text())
                                + " status.storedVersions");
            }
        }
    }
}
