package dev.gantry.controller.storage.attachdetach;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that a decision about one volume may see.
 *
 * @param name of the PersistentVolume
 * @param object empty where it is gone; then nothing is attached any more
 * @param csi what its driver calls it; empty where that is not known any more
 * @param attachments by the name of the node
 * @param told pods that were told already that another node has the volume
 */
record AttachDetachView(
        String name,
        Optional<Resource> object,
        Optional<CsiVolume> csi,
        List<Attachment> attachments,
        Set<Uid> told) {

    /** Compat: what names no access modes may be attached to many; its attacher has a say. */
    boolean isForOneNode() {
        List<String> modes =
                object.stream()
                        .flatMap(each -> each.spec().path("accessModes").valueStream())
                        .map(each -> each.asString(""))
                        .toList();
        return !modes.isEmpty()
                && !modes.contains("ReadWriteMany")
                && !modes.contains("ReadOnlyMany");
    }
}
