package dev.gantry.state.strategy.pod;

import dev.gantry.model.quantity.Quantity;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Rules;
import java.util.List;

/** The claim that an ephemeral volume makes. */
final class ClaimTemplateRules {
    private static final List<String> ACCESS_MODES =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod");
    private static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

    private ClaimTemplateRules() {}

    static void check(Field template) {
        if (!template.isSet()) {
            template.required("");
            return;
        }
        Field metadata = template.child("metadata");
        LabelRules.annotations(metadata.child("annotations"));
        LabelRules.labels(metadata.child("labels"));
        for (var entry : metadata.entries().entrySet()) {
            String name = entry.getKey();
            Field field = metadata.child(name);
            if (!name.equals("annotations") && !name.equals("labels") && !field.isEmpty()) {
                field.forbidden("cannot be set");
            }
        }
        spec(template.child("spec"));
    }

    private static void spec(Field spec) {
        Field modes = spec.child("accessModes");
        if (modes.isEmpty()) {
            modes.required("at least 1 access mode is required");
        }
        LabelRules.selector(spec.child("selector"));
        for (Field mode : modes.items()) {
            if (!ACCESS_MODES.contains(mode.text())) {
                mode.at(modes.path()).notSupported(ACCESS_MODES);
            }
        }
        if (modes.texts().contains("ReadWriteOncePod") && modes.items().size() > 1) {
            modes.forbidden("may not use ReadWriteOncePod with other access modes");
        }
        Field storage = spec.child("resources", "requests");
        if (!storage.has("storage")) {
            storage.key("storage").required("");
        } else if (storage.key("storage").quantity().map(Quantity::signum).orElse(0) <= 0) {
            storage.key("storage").invalid(Rules.NOT_POSITIVE);
        }
        Field storageClass = spec.child("storageClassName");
        if (!storageClass.isEmpty()) {
            storageClass.invalidFor(Names.dnsSubdomain(storageClass.text()));
        }
        Field volumeMode = spec.child("volumeMode");
        if (volumeMode.isSet() && !VOLUME_MODES.contains(volumeMode.text())) {
            volumeMode.notSupported(VOLUME_MODES);
        }
    }
}
