package dev.gantry.controller.storage.attachdetach;

import dev.gantry.model.digest.Sha256;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.storage.LocalStorage;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a driver calls a volume. Several PersistentVolumes may stand for the same. */
record CsiVolume(String driver, String handle) {
    private static final String PREFIX = "kubernetes.io/csi/";
    private static final char SEPARATOR = '^';
    private static final Pattern ATTACHMENT = Pattern.compile("csi-[0-9a-f]{64}");

    /** Empty where no driver attaches it: folders of a node are there already. */
    static Optional<CsiVolume> of(Resource volume) {
        JsonNode csi = volume.spec().path("csi");
        String driver = Resource.text(csi, "driver");
        return driver.isEmpty() || driver.equals(LocalStorage.DRIVER)
                ? Optional.empty()
                : Optional.of(new CsiVolume(driver, Resource.text(csi, "volumeHandle")));
    }

    /** By its name in the status of a node; empty where that is no CSI volume's. */
    static Optional<CsiVolume> named(String uniqueName) {
        int end = uniqueName.indexOf(SEPARATOR);
        return uniqueName.startsWith(PREFIX) && end >= 0
                ? Optional.of(
                        new CsiVolume(
                                uniqueName.substring(PREFIX.length(), end),
                                uniqueName.substring(end + 1)))
                : Optional.empty();
    }

    /** Its name in the status of nodes. Compat: {@code UniqueVolumeName}. */
    String uniqueName() {
        return PREFIX + driver + SEPARATOR + handle;
    }

    /** The name of its VolumeAttachment. Compat: {@code getAttachmentName}; others look it up. */
    String attachment(String node) {
        return "csi-" + Sha256.hex(handle + driver + node);
    }

    /** Whether it has the form of the names that are given here. */
    static boolean isAttachmentName(String name) {
        return ATTACHMENT.matcher(name).matches();
    }
}
