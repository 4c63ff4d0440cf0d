package dev.gantry.controller.storage.attachdetach;

import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One volume and one node that has to do with it.
 *
 * @param object the VolumeAttachment
 * @param pods that need the volume there; none where the node is gone
 * @param isListed whether the node says that it is attached
 * @param isInUse whether the node says that it is mounted, or said so before it went
 * @param idleSince since when no pod needs it there, as far as this process saw; empty while one
 *     does
 */
record Attachment(
        String nodeName,
        Optional<Resource> node,
        Optional<Resource> object,
        List<Resource> pods,
        boolean isListed,
        boolean isInUse,
        Optional<Instant> idleSince) {
    Attachment idle(Instant since) {
        return new Attachment(nodeName, node, object, pods, isListed, isInUse, Optional.of(since));
    }

    boolean isThere() {
        return object.isPresent();
    }

    boolean isGoing() {
        return object.filter(Resource::isBeingDeleted).isPresent();
    }

    boolean isAttached() {
        return object.filter(each -> !each.isBeingDeleted())
                .filter(each -> each.status().path("attached").asBoolean(false))
                .isPresent();
    }

    boolean isNeeded() {
        return !pods.isEmpty();
    }

    boolean isNodeHealthy() {
        return node.filter(NodeVolumes::isHealthy).isPresent();
    }

    boolean isNodeOutOfService() {
        return node.filter(NodeVolumes::isOutOfService).isPresent();
    }
}
