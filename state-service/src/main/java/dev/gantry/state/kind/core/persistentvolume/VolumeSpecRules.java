package dev.gantry.state.kind.core.persistentvolume;

import dev.gantry.model.quantity.Quantity;
import dev.gantry.state.kind.core.claim.AccessModes;
import dev.gantry.state.kind.core.pod.spec.AffinityRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Rules;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compat: {@code ValidatePersistentVolumeSpec}. */
final class VolumeSpecRules {
    private static final List<String> RECLAIM = List.of("Delete", "Recycle", "Retain");
    private static final List<String> MODES = List.of("Block", "Filesystem");

    private VolumeSpecRules() {}

    static void check(Field spec) {
        Field modes = spec.child("accessModes");
        if (modes.isEmpty()) {
            modes.required("");
        }
        AccessModes.check(modes);
        capacity(spec.child("capacity"));
        Field reclaim = spec.child("persistentVolumeReclaimPolicy");
        if (!reclaim.isEmpty() && !RECLAIM.contains(reclaim.text())) {
            reclaim.notSupported(RECLAIM);
        }
        nodeAffinity(spec.child("nodeAffinity"));
        SourceRules.check(spec);
        Field path = spec.child("hostPath", "path");
        if (isRoot(path.text()) && reclaim.text().equals("Recycle")) {
            reclaim.forbidden("may not be 'recycle' for a hostPath mount of '/'");
        }
        Field storageClass = spec.child("storageClassName");
        if (!storageClass.isEmpty()) {
            storageClass.invalidFor(Names.dnsSubdomain(storageClass.text()));
        }
        Field mode = spec.child("volumeMode");
        if (mode.isSet() && !MODES.contains(mode.text())) {
            mode.notSupported(MODES);
        }
        attributes(spec);
    }

    private static void capacity(Field capacity) {
        if (capacity.isEmpty()) {
            capacity.required("");
        }
        if (!capacity.entries().keySet().equals(Set.of("storage"))) {
            capacity.notSupportedAs(written(capacity), List.of("storage"));
        }
        capacity.entries()
                .forEach(
                        (_, amount) -> {
                            notNegative(amount);
                            if (amount.quantity().map(Quantity::signum).orElse(1) <= 0) {
                                amount.invalid(Rules.NOT_POSITIVE);
                            }
                        });
    }

    private static String written(Field capacity) {
        return capacity.isSet()
                ? capacity.entries().entrySet().stream()
                        .map(
                                each ->
                                        GoText.quote(each.getKey())
                                                + ":"
                                                + GoText.of(each.getValue().value()))
                        .collect(Collectors.joining(",", "{", "}"))
                : "null";
    }

    /** Compat: {@code validateBasicResource}, which shows the amount as a whole number. */
    private static void notNegative(Field amount) {
        amount.quantity()
                .filter(found -> found.signum() < 0)
                .ifPresent(
                        found ->
                                amount.invalidAs(
                                        found.value().setScale(0, RoundingMode.UP).toPlainString(),
                                        "must be a valid resource quantity"));
    }

    private static void nodeAffinity(Field affinity) {
        if (!affinity.isSet()) {
            return;
        }
        Field required = affinity.child("required");
        if (required.isSet()) {
            AffinityRules.nodeSelector(required);
        } else {
            required.required("must specify required node constraints");
        }
    }

    private static boolean isRoot(String path) {
        return path.startsWith("/") && path.replace("/", "").replace(".", "").isEmpty();
    }

    private static void attributes(Field spec) {
        Field name = spec.child("volumeAttributesClassName");
        if (!name.isSet()) {
            return;
        }
        if (name.isEmpty()) {
            name.required("an empty string is disallowed");
        } else {
            name.invalidFor(Names.dnsSubdomain(name.text()));
        }
        if (!spec.has("csi")) {
            spec.child("csi").required("has to be specified when using volumeAttributesClassName");
        }
    }
}
