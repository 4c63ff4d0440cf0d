package dev.gantry.state.kind.core.pod.volume;

import dev.gantry.state.kind.core.pod.container.PathRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Rules;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The rules of sources that name a storage system. */
public final class StorageSourceRules {
    private static final Map<String, Pattern> INITIATORS =
            Map.of(
                    "iqn",
                            Pattern.compile(
                                    "iqn\\.\\d{4}-\\d{2}\\.([\\p{Alnum}.-]+)(:[^,;*&$|\\s]+)$"),
                    "eui", Pattern.compile("^eui.\\p{Alnum}{16}$"),
                    "naa", Pattern.compile("^naa.\\p{Alnum}{32}$"));
    private static final List<String> CACHING = List.of("None", "ReadOnly", "ReadWrite");
    private static final List<String> DISKS = List.of("Dedicated", "Managed", "Shared");
    private static final String HOST_PORT =
            "must be a host:port pair or multiple pairs separated by commas";

    private StorageSourceRules() {}

    public static void check(String name, Field source) {
        switch (name) {
            case "gitRepo" -> {
                VolumeSourceRules.required(source, "repository");
                PathRules.localDescending(source.child("directory"));
            }
            case "gcePersistentDisk" -> disk(source, "persistentDisk", "pdName");
            case "awsElasticBlockStore" -> disk(source, "awsElasticBlockStore", "volumeID");
            case "nfs" -> nfs(source);
            case "iscsi" -> iscsi(source);
            case "flocker" -> flocker(source);
            case "cinder" -> {
                VolumeSourceRules.required(source, "volumeID");
                secretName(source);
            }
            case "quobyte" -> quobyte(source);
            case "fc" -> fibreChannel(source);
            case "flexVolume" -> flex(source);
            case "azureDisk" -> azureDisk(source);
            case "storageos" -> storageOs(source);
            default -> needed(name).forEach(each -> notEmpty(source.child(each)));
        }
    }

    /** The fields that a source of the plain sort cannot be without. */
    private static List<String> needed(String name) {
        return switch (name) {
            case "glusterfs" -> List.of("endpoints", "path");
            case "rbd" -> List.of("monitors", "image");
            case "cephfs" -> List.of("monitors");
            case "azureFile" -> List.of("secretName", "shareName");
            case "vsphereVolume" -> List.of("volumePath");
            case "photonPersistentDisk" -> List.of("pdID");
            case "portworxVolume" -> List.of("volumeID");
            case "scaleIO" -> List.of("gateway", "system", "volumeName");
            default -> List.of();
        };
    }

    private static void notEmpty(Field field) {
        if (field.isEmpty()) {
            field.required("");
        }
    }

    /** Compat: the GCE disk is reported under another name than its field has. */
    private static void disk(Field source, String reportedAs, String idField) {
        int dot = source.path().lastIndexOf('.');
        Field disk = source.at(source.path().substring(0, dot + 1) + reportedAs);
        VolumeSourceRules.required(disk, idField);
        Field partition = disk.child("partition");
        if (partition.number() < 0 || partition.number() > 255) {
            partition.invalid(Rules.between(1, 255));
        }
    }

    private static void nfs(Field source) {
        VolumeSourceRules.required(source, "server");
        VolumeSourceRules.required(source, "path");
        Field path = source.child("path");
        if (!path.text().startsWith("/")) {
            path.invalidText(path.text(), "must be an absolute path");
        }
    }

    private static void iscsi(Field source) {
        VolumeSourceRules.required(source, "targetPortal");
        Field iqn = source.child("iqn");
        if (iqn.isEmpty()) {
            iqn.required("");
        } else {
            initiator(iqn);
        }
        lun(source.child("lun"));
        boolean isAuthenticated =
                source.child("chapAuthDiscovery").isTrue()
                        || source.child("chapAuthSession").isTrue();
        if (isAuthenticated && !source.has("secretRef")) {
            source.child("secretRef").required("");
        }
        Field own = source.child("initiatorName");
        if (own.isSet()) {
            initiator(own.at(source.path() + ".initiatorname"));
        }
    }

    private static void initiator(Field name) {
        String text = name.text();
        String family = text.length() < 3 ? "" : text.substring(0, 3);
        Pattern pattern = INITIATORS.get(family);
        if (pattern == null) {
            name.invalid("must be valid format starting with iqn, eui, or naa");
        } else if (!pattern.matcher(text).find()) {
            name.invalid("must be valid format");
        }
    }

    private static void lun(Field lun) {
        if (lun.number() < 0 || lun.number() > 255) {
            lun.invalid(Rules.between(0, 255));
        }
    }

    private static void flocker(Field source) {
        boolean hasName = !source.text("datasetName").isEmpty();
        boolean hasUuid = !source.text("datasetUUID").isEmpty();
        if (!hasName && !hasUuid) {
            source.required("one of datasetName and datasetUUID is required");
        }
        if (hasName && hasUuid) {
            source.invalidText(
                    "resource", "datasetName and datasetUUID can not be specified simultaneously");
        }
        if (source.text("datasetName").contains("/")) {
            source.child("datasetName").invalid("must not contain '/'");
        }
    }

    private static void secretName(Field source) {
        if (source.has("secretRef")) {
            VolumeSourceRules.required(source.child("secretRef"), "name");
        }
    }

    private static void quobyte(Field source) {
        Field registry = source.child("registry");
        if (registry.isEmpty()) {
            registry.required(HOST_PORT);
        } else if (source.text("tenant").length() >= 65) {
            source.child("tenant")
                    .required("must be a UUID and may not exceed a length of 64 characters");
        } else {
            for (String pair : registry.text().split(",", -1)) {
                int colon = pair.lastIndexOf(':');
                if (colon < 0 || (pair.indexOf(':') != colon && !pair.startsWith("["))) {
                    registry.invalid(HOST_PORT);
                }
            }
        }
        VolumeSourceRules.required(source, "volume");
    }

    private static void fibreChannel(Field source) {
        Field names = source.child("targetWWNs");
        boolean hasIds = !source.child("wwids").isEmpty();
        if (names.isEmpty() && !hasIds) {
            names.required("must specify either targetWWNs or wwids, but not both");
        }
        if (names.isEmpty()) {
            return;
        }
        if (hasIds) {
            names.invalid("targetWWNs and wwids can not be specified simultaneously");
        }
        if (source.has("lun")) {
            lun(source.child("lun"));
        } else {
            source.child("lun").required("lun is required if targetWWNs is specified");
        }
    }

    private static void flex(Field source) {
        VolumeSourceRules.required(source, "driver");
        for (var option : source.child("options").entries().entrySet()) {
            String domain =
                    "." + option.getKey().split("/", 2)[0].toLowerCase(java.util.Locale.ROOT);
            if (domain.endsWith(".kubernetes.io") || domain.endsWith(".k8s.io")) {
                option.getValue()
                        .invalidText(
                                option.getKey(),
                                "kubernetes.io and k8s.io namespaces are reserved");
            }
        }
    }

    private static void azureDisk(Field source) {
        VolumeSourceRules.required(source, "diskName");
        VolumeSourceRules.required(source, "diskURI");
        Field caching = source.child("cachingMode");
        if (caching.isSet() && !CACHING.contains(caching.text())) {
            caching.notSupported(CACHING);
        }
        Field kind = source.child("kind");
        if (!kind.isSet()) {
            return;
        }
        if (!DISKS.contains(kind.text())) {
            kind.notSupported(DISKS);
        }
        Field uri = source.child("diskURI");
        boolean isManaged = kind.text().equals("Managed");
        if (isManaged && !uri.text().startsWith("/subscriptions/")) {
            uri.notSupported(
                    List.of(
                            "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/"
                                    + "microsoft.compute/disks/{disk-id}"));
        } else if (!isManaged && !uri.text().startsWith("https://")) {
            uri.notSupported(
                    List.of(
                            "https://{account-name}.blob.core.windows.net/{container-name}/"
                                    + "{disk-name}.vhd"));
        }
    }

    private static void storageOs(Field source) {
        Field name = source.child("volumeName");
        if (name.isEmpty()) {
            name.required("");
        } else {
            name.invalidFor(Names.dnsLabel(name.text()));
        }
        Field namespace = source.child("volumeNamespace");
        if (!namespace.isEmpty()) {
            namespace.invalidFor(Names.dnsLabel(namespace.text()));
        }
        secretName(source);
    }
}
