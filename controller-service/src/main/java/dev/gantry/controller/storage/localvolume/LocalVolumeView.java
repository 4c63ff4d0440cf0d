package dev.gantry.controller.storage.localvolume;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import java.util.Optional;

/**
 * All that a decision about one volume may see.
 *
 * @param node that holds its folder; empty where it is no more
 */
record LocalVolumeView(Resource volume, Optional<Resource> node) {
    static LocalVolumeView of(Resource volume, ClusterReader cluster) {
        String host = LocalVolume.host(volume.spec());
        return new LocalVolumeView(
                volume,
                cluster.list(Resources.NODES).stream()
                        .filter(node -> LocalVolume.host(node).equals(host))
                        .findFirst());
    }

    boolean isToBeDeleted() {
        return Resource.text(volume.spec(), "persistentVolumeReclaimPolicy").equals("Delete");
    }

    /** No claim has it any more. */
    boolean isReleased() {
        String phase = Resource.text(volume.status(), "phase");
        return phase.equals("Released") || phase.equals("Failed");
    }

    boolean isBound() {
        return Resource.text(volume.status(), "phase").equals("Bound");
    }
}
