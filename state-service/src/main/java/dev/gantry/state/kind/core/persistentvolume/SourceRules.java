package dev.gantry.state.kind.core.persistentvolume;

import dev.gantry.state.kind.core.pod.container.PathRules;
import dev.gantry.state.kind.core.pod.volume.StorageSourceRules;
import dev.gantry.state.kind.core.pod.volume.VolumeSourceRules;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.DriverNames;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Sameness;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a volume's bytes are: exactly one source, which never changes. */
final class SourceRules {
    /** Compat: in the order in which upstream looks at them; a flexVolume may be a second one. */
    private static final List<String> SOURCES =
            List.of(
                    "hostPath",
                    "gcePersistentDisk",
                    "awsElasticBlockStore",
                    "glusterfs",
                    "flocker",
                    "nfs",
                    "rbd",
                    "quobyte",
                    "cephfs",
                    "iscsi",
                    "cinder",
                    "fc",
                    "flexVolume",
                    "azureFile",
                    "vsphereVolume",
                    "photonPersistentDisk",
                    "portworxVolume",
                    "azureDisk",
                    "scaleIO",
                    "local",
                    "storageos",
                    "csi");

    private static final List<String> SECRETS =
            List.of(
                    "controllerPublishSecretRef",
                    "controllerExpandSecretRef",
                    "nodePublishSecretRef",
                    "nodeExpandSecretRef");

    private SourceRules() {}

    static void check(Field spec) {
        boolean hasOne = false;
        for (String name : SOURCES) {
            if (!spec.has(name)) {
                continue;
            }
            if (hasOne && !name.equals("flexVolume")) {
                spec.child(name.equals("cephfs") ? "cephFS" : name)
                        .forbidden("may not specify more than 1 volume type");
            } else {
                source(name, spec);
            }
            hasOne = true;
        }
        if (!hasOne) {
            spec.required("must specify a volume type");
        }
    }

    private static void source(String name, Field spec) {
        Field source = spec.child(name);
        switch (name) {
            case "hostPath" -> VolumeSourceRules.check(name, source);
            case "local" -> {
                local(source.child("path"));
                if (!spec.child("nodeAffinity").has("required")) {
                    spec.child("nodeAffinity").required("Local volume requires node affinity");
                }
            }
            case "csi" -> csi(source);
            case "azureFile" -> {
                StorageSourceRules.check(name, source);
                Field namespace = source.child("secretNamespace");
                if (namespace.isSet() && namespace.isEmpty()) {
                    namespace.required("");
                }
            }
            default -> StorageSourceRules.check(name, source);
        }
    }

    private static void local(Field path) {
        if (path.isEmpty()) {
            path.required("");
        } else {
            PathRules.noBacksteps(path);
        }
    }

    private static void csi(Field source) {
        DriverNames.check(source.child("driver"));
        if (source.child("volumeHandle").isEmpty()) {
            source.child("volumeHandle").required("");
        }
        for (String name : SECRETS) {
            Field secret = source.child(name);
            if (secret.isSet()) {
                needed(secret, "name");
                needed(secret, "namespace");
            }
        }
    }

    private static void needed(Field secret, String name) {
        if (secret.child(name).isEmpty()) {
            secret.child(name).required("");
        }
    }

    /** Compat: a CSI volume that has no secret for growing may still get one. */
    static boolean isSameSource(JsonNode before, JsonNode now) {
        for (String name : SOURCES) {
            JsonNode wanted = now.path(name);
            if (name.equals("csi")
                    && wanted instanceof ObjectNode csi
                    && !before.path(name).hasNonNull("controllerExpandSecretRef")) {
                wanted = Trees.without(csi, Set.of("controllerExpandSecretRef"));
            }
            if (!Sameness.same(before.path(name), wanted)) {
                return false;
            }
        }
        return true;
    }
}
