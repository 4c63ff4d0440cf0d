package dev.gantry.controller.storage.persistentvolume;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.meta.Resource;
import java.util.Optional;

/**
 * All that a decision about one volume may see.
 *
 * @param claim the one that it is bound to; empty where that is gone, or only its name is kept
 */
record PersistentVolumeView(Resource volume, Optional<Resource> claim) {
    static PersistentVolumeView of(Resource volume, ClusterReader cluster) {
        String uid = Storage.claimUid(volume);
        return new PersistentVolumeView(
                volume,
                Storage.claimOf(volume)
                        .flatMap(cluster::get)
                        .filter(claim -> claim.uid().value().equals(uid)));
    }

    boolean isBindable() {
        return Storage.claimUid(volume).isEmpty();
    }
}
