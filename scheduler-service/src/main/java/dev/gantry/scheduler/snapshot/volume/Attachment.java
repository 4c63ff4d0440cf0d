package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One volume of a CSI driver on a node, however many pods there use it.
 *
 * @param handle tells volumes of the driver apart
 */
public record Attachment(String driver, String handle) {
    static Optional<Attachment> of(JsonNode csi) {
        return csi.isObject()
                ? Optional.of(
                        new Attachment(
                                Resource.text(csi, "driver"), Resource.text(csi, "volumeHandle")))
                : Optional.empty();
    }
}
