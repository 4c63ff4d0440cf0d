package dev.gantry.state.kind.core.pod.volume;

import dev.gantry.state.kind.core.pod.container.FieldReferenceRules;
import dev.gantry.state.kind.core.pod.container.PathRules;
import dev.gantry.state.validation.DriverNames;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.List;

/** The rules of each source of a volume that the platform itself knows. */
public final class VolumeSourceRules {
    private static final List<String> HOST_PATH_TYPES =
            List.of(
                    "",
                    "BlockDevice",
                    "CharDevice",
                    "Directory",
                    "DirectoryOrCreate",
                    "File",
                    "FileOrCreate",
                    "Socket");

    private VolumeSourceRules() {}

    public static void check(String name, Field source) {
        switch (name) {
            case "emptyDir" -> emptyDir(source.child("sizeLimit"));
            case "hostPath" -> hostPath(source);
            case "secret" -> {
                required(source, "secretName");
                files(source);
            }
            case "configMap" -> {
                required(source, "name");
                files(source);
            }
            case "persistentVolumeClaim" -> required(source, "claimName");
            case "downwardAPI" -> downward(source);
            case "projected" -> ProjectedRules.check(source);
            case "csi" -> csi(source);
            case "ephemeral" -> ClaimTemplateRules.check(source.child("volumeClaimTemplate"));
            default -> StorageSourceRules.check(name, source);
        }
    }

    static void required(Field source, String field) {
        if (source.text(field).isEmpty()) {
            source.child(field).required("");
        }
    }

    private static void emptyDir(Field limit) {
        limit.quantity()
                .filter(found -> found.signum() < 0)
                .ifPresent(
                        _ -> limit.forbidden("SizeLimit field must be a valid resource quantity"));
    }

    private static void hostPath(Field source) {
        Field path = source.child("path");
        if (path.isEmpty()) {
            path.required("");
            return;
        }
        PathRules.noBacksteps(path);
        Field type = source.child("type");
        if (type.isSet() && !HOST_PATH_TYPES.contains(type.text())) {
            type.notSupported(HOST_PATH_TYPES);
        }
    }

    private static void files(Field source) {
        PathRules.fileMode(source.child("defaultMode"));
        source.child("items").items().forEach(VolumeSourceRules::keyToPath);
    }

    static void keyToPath(Field item) {
        required(item, "key");
        required(item, "path");
        PathRules.localNotReserved(item.child("path"));
        PathRules.fileMode(item.child("mode"));
    }

    /** Compat: errors of a file are reported at the source, without an index. */
    private static void downward(Field source) {
        PathRules.fileMode(source.child("defaultMode"));
        for (Field file : source.child("items").items()) {
            downwardFile(file.at(source.path()));
        }
    }

    static void downwardFile(Field file) {
        required(file, "path");
        PathRules.localNotReserved(file.child("path"));
        boolean hasField = file.has("fieldRef");
        boolean hasResource = file.has("resourceFieldRef");
        if (hasField) {
            FieldReferenceRules.forFile(file.child("fieldRef"));
            if (hasResource) {
                file.invalidText(
                        "resource",
                        "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        } else if (hasResource) {
            FieldReferenceRules.resource(file.child("resourceFieldRef"), true);
        } else {
            file.required("one of fieldRef and resourceFieldRef is required");
        }
        PathRules.fileMode(file.child("mode"));
    }

    private static void csi(Field source) {
        DriverNames.check(source.child("driver"));
        Field secret = source.child("nodePublishSecretRef");
        if (secret.isSet()) {
            Field name = secret.child("name");
            if (name.isEmpty()) {
                name.required("");
            } else {
                name.at(source.child("name").path()).invalidFor(Names.dnsSubdomain(name.text()));
            }
        }
    }
}
