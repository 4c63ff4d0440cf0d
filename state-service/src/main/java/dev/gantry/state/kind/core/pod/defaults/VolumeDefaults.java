package dev.gantry.state.kind.core.pod.defaults;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Quantities;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a volume says where it says nothing. */
final class VolumeDefaults {
    private static final int MODE = 420;
    private static final int TOKEN_SECONDS = 3600;

    private VolumeDefaults() {}

    static void set(ObjectNode volume) {
        boolean hasSource =
                volume.properties().stream()
                        .anyMatch(
                                each -> !each.getKey().equals("name") && !each.getValue().isNull());
        if (!hasSource) {
            volume.putObject("emptyDir");
        }
        for (String source : List.of("secret", "configMap", "projected", "downwardAPI")) {
            Defaults.within(volume, source, it -> Defaults.number(it, "defaultMode", MODE));
        }
        Defaults.within(volume, "emptyDir", it -> Quantities.canonical(it, "sizeLimit"));
        Defaults.within(volume, "hostPath", VolumeDefaults::hostPath);
        Defaults.within(volume, "downwardAPI", VolumeDefaults::files);
        Defaults.within(volume, "projected", VolumeDefaults::projected);
        Defaults.within(volume, "image", VolumeDefaults::image);
        Defaults.within(
                volume,
                "ephemeral",
                it -> Defaults.within(it, "volumeClaimTemplate", VolumeDefaults::claim));
        storage(volume);
    }

    private static void hostPath(ObjectNode source) {
        Defaults.pointer(source, "type", "");
    }

    private static void files(ObjectNode source) {
        Defaults.each(
                source.path("items"),
                file -> {
                    Defaults.within(
                            file,
                            "fieldRef",
                            reference -> Defaults.text(reference, "apiVersion", "v1"));
                    Defaults.within(file, "resourceFieldRef", ContainerDefaults::divisor);
                });
    }

    private static void projected(ObjectNode projected) {
        Defaults.each(
                projected.path("sources"),
                source -> {
                    Defaults.within(source, "downwardAPI", VolumeDefaults::files);
                    Defaults.within(
                            source,
                            "serviceAccountToken",
                            token -> Defaults.number(token, "expirationSeconds", TOKEN_SECONDS));
                });
    }

    private static void image(ObjectNode source) {
        String reference = Resource.text(source, "reference");
        Defaults.text(source, "pullPolicy", ImageName.pullPolicyOf(reference));
    }

    private static void claim(ObjectNode template) {
        Defaults.within(
                template, "spec", spec -> Defaults.pointer(spec, "volumeMode", "Filesystem"));
    }

    private static void storage(ObjectNode volume) {
        Defaults.within(volume, "iscsi", it -> Defaults.text(it, "iscsiInterface", "default"));
        Defaults.within(
                volume,
                "rbd",
                it -> {
                    Defaults.text(it, "pool", "rbd");
                    Defaults.text(it, "user", "admin");
                    Defaults.text(it, "keyring", "/etc/ceph/keyring");
                });
        Defaults.within(
                volume,
                "azureDisk",
                it -> {
                    Defaults.pointer(it, "cachingMode", "ReadWrite");
                    Defaults.pointer(it, "kind", "Shared");
                    Defaults.pointer(it, "fsType", "ext4");
                    Defaults.flag(it, "readOnly", false);
                });
        Defaults.within(
                volume,
                "scaleIO",
                it -> {
                    Defaults.text(it, "storageMode", "ThinProvisioned");
                    Defaults.text(it, "fsType", "xfs");
                });
    }
}
