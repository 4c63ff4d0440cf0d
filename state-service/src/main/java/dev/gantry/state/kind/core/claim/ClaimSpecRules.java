package dev.gantry.state.kind.core.claim;

import dev.gantry.model.quantity.Quantity;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Rules;
import dev.gantry.state.validation.Sameness;
import java.util.List;
import java.util.Optional;

/**
 * What a claim asks for, be it one of its own or the template in a pod. Compat: {@code
 * ValidatePersistentVolumeClaimSpec}.
 */
public final class ClaimSpecRules {
    private static final List<String> VOLUME_MODES = List.of("Block", "Filesystem");

    private ClaimSpecRules() {}

    public static void check(Field spec) {
        Field modes = spec.child("accessModes");
        if (modes.isEmpty()) {
            modes.required("at least 1 access mode is required");
        }
        LabelRules.selector(spec.child("selector"));
        AccessModes.check(modes);
        storage(spec);
        Field storageClass = spec.child("storageClassName");
        if (!storageClass.isEmpty()) {
            storageClass.invalidFor(Names.dnsSubdomain(storageClass.text()));
        }
        Field volumeMode = spec.child("volumeMode");
        if (volumeMode.isSet() && !VOLUME_MODES.contains(volumeMode.text())) {
            volumeMode.notSupported(VOLUME_MODES);
        }
        sources(spec);
        Field attributes = spec.child("volumeAttributesClassName");
        if (!attributes.isEmpty()) {
            attributes.invalidFor(Names.dnsSubdomain(attributes.text()));
        }
    }

    /** Compat: reported at {@code resources[storage]}. */
    private static void storage(Field spec) {
        Field resources = spec.child("resources");
        Field asked =
                resources.child("requests").child("storage").at(resources.path() + "[storage]");
        Optional<Quantity> amount = asked.quantity();
        if (!asked.isSet()) {
            asked.required("");
        } else if (amount.map(Quantity::signum).orElse(0) <= 0) {
            asked.invalid(Rules.NOT_POSITIVE);
        }
    }

    private static void sources(Field spec) {
        Field source = spec.child("dataSource");
        Field reference = spec.child("dataSourceRef");
        if (source.isSet()) {
            source(source);
        }
        if (reference.isSet()) {
            source(reference);
            Field namespace = reference.child("namespace");
            if (!namespace.isEmpty()) {
                namespace.invalidFor(Names.dnsLabel(namespace.text()));
                if (source.isSet()) {
                    source.invalid(
                            "may not be specified when dataSourceRef.namespace is specified");
                }
            }
        }
        boolean differ =
                source.isSet()
                        && reference.isSet()
                        && reference.child("namespace").isEmpty()
                        && !Sameness.same(source.value(), reference.value());
        if (differ) {
            // Compat: the value is a path, which has nothing that Go could print.
            spec.invalidAs("{}", "must match dataSourceRef");
        }
    }

    private static void source(Field source) {
        for (String name : List.of("name", "kind")) {
            if (source.text(name).isEmpty()) {
                source.child(name).required("");
            }
        }
        String kind = source.text("kind");
        String group = source.text("apiGroup");
        if (group.isEmpty() && !kind.equals("PersistentVolumeClaim")) {
            source.invalidText(
                    kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
        }
        if (!group.isEmpty()) {
            Field field = source.child("apiGroup");
            field.invalidFor(Names.dnsSubdomain(group));
        }
    }
}
