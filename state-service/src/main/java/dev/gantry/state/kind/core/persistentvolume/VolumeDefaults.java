package dev.gantry.state.kind.core.persistentvolume;

import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Quantities;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code SetDefaults_PersistentVolume} and those of its sources. */
final class VolumeDefaults {
    private VolumeDefaults() {}

    static void complete(ObjectNode spec) {
        Defaults.text(spec, "persistentVolumeReclaimPolicy", "Retain");
        Defaults.pointer(spec, "volumeMode", "Filesystem");
        Quantities.canonicalMap(spec, "capacity");
        Defaults.within(spec, "hostPath", it -> Defaults.pointer(it, "type", ""));
        Defaults.within(spec, "iscsi", it -> Defaults.text(it, "iscsiInterface", "default"));
        Defaults.within(spec, "rbd", VolumeDefaults::rbd);
        Defaults.within(spec, "azureDisk", VolumeDefaults::azureDisk);
        Defaults.within(spec, "scaleIO", VolumeDefaults::scaleIo);
    }

    private static void rbd(ObjectNode source) {
        Defaults.text(source, "pool", "rbd");
        Defaults.text(source, "user", "admin");
        Defaults.text(source, "keyring", "/etc/ceph/keyring");
    }

    private static void azureDisk(ObjectNode source) {
        Defaults.pointer(source, "cachingMode", "ReadWrite");
        Defaults.pointer(source, "kind", "Shared");
        Defaults.pointer(source, "fsType", "ext4");
        Defaults.flag(source, "readOnly", false);
    }

    private static void scaleIo(ObjectNode source) {
        Defaults.text(source, "storageMode", "ThinProvisioned");
        Defaults.text(source, "fsType", "xfs");
    }
}
