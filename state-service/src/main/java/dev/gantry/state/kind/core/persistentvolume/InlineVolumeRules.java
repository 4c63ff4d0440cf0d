package dev.gantry.state.kind.core.persistentvolume;

import dev.gantry.state.kind.core.claim.AccessModes;
import dev.gantry.state.validation.Field;

/**
 * A volume that is described where it is used, and has no object of its own.
 *
 * <p>Compat: {@code ValidatePersistentVolumeSpec} for inline volumes.
 */
public final class InlineVolumeRules {
    private static final String HERE = " in the context of inline volumes";

    private InlineVolumeRules() {}

    public static void check(Field spec) {
        absent(spec.child("claimRef"));
        absent(spec.child("capacity"));
        if (!spec.has("csi")) {
            spec.child("csi").required("has to be specified" + HERE);
        }
        Field modes = spec.child("accessModes");
        if (modes.isEmpty()) {
            modes.required("");
        }
        AccessModes.check(modes);
        only("Retain", spec.child("persistentVolumeReclaimPolicy"), "may only be Retain");
        absent(spec.child("nodeAffinity"));
        SourceRules.check(spec);
        absent(spec.child("storageClassName"));
        only(
                "Filesystem",
                spec.child("volumeMode"),
                "may not specify volumeMode other than Filesystem");
    }

    private static void only(String value, Field field, String sentence) {
        if (!field.isEmpty() && !field.text().equals(value)) {
            field.forbidden(sentence + HERE);
        }
    }

    private static void absent(Field field) {
        if (!field.isEmpty()) {
            field.forbidden("may not be specified" + HERE);
        }
    }
}
