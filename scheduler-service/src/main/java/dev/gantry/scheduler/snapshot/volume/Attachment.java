package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.meta.Resource;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One volume of a CSI driver on a node, however many pods there use it.
 *
 * @param handle tells volumes of the driver apart
 */
public record Attachment(String driver, String handle) {
    /**
     * @param volume the spec of a PersistentVolume, or a volume that a pod names itself
     * @param labels of the PersistentVolume
     */
    static Optional<Attachment> of(JsonNode volume, Map<String, String> labels) {
        JsonNode csi = volume.path("csi");
        return csi.isObject()
                ? Optional.of(
                        new Attachment(
                                Resource.text(csi, "driver"), Resource.text(csi, "volumeHandle")))
                : FormerPlugin.attachment(volume, labels);
    }

    /** That of a claim which is still to be provisioned. */
    public static Attachment of(VolumeClaim claim, ProvisioningClass by) {
        return new Attachment(FormerPlugin.driverOf(by.provisioner()), claim.key());
    }
}
