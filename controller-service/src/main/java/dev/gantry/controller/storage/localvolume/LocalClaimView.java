package dev.gantry.controller.storage.localvolume;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.storage.LocalStorage;
import java.util.Optional;

/**
 * All that a decision about one claim may see.
 *
 * @param storageClass its own, where that is of this provisioner
 * @param node that was chosen for it, where that exists
 * @param hasVolume whether its volume was made before
 */
record LocalClaimView(
        Resource claim,
        Optional<Resource> storageClass,
        Optional<Resource> node,
        boolean hasVolume) {
    static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    private static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";

    static LocalClaimView of(Resource claim, ClusterReader cluster) {
        String name = Resource.text(claim.spec(), "storageClassName");
        return new LocalClaimView(
                claim,
                cluster.get(new ObjectKey(Resources.STORAGE_CLASSES, "", name))
                        .filter(
                                each ->
                                        Resource.text(each.tree(), "provisioner")
                                                .equals(LocalStorage.DRIVER)),
                cluster.get(nodeKey(claim)),
                cluster.get(
                                new ObjectKey(
                                        Resources.PERSISTENT_VOLUMES, "", LocalVolume.name(claim)))
                        .isPresent());
    }

    /** Whether a volume is wanted from this provisioner. */
    static boolean isAsking(Resource claim) {
        return LocalStorage.DRIVER.equals(claim.annotations().get(PROVISIONER))
                && Resource.text(claim.spec(), "volumeName").isEmpty()
                && !claim.isBeingDeleted();
    }

    static String selectedNode(Resource claim) {
        return claim.annotations().getOrDefault(SELECTED_NODE, "");
    }

    static ObjectKey nodeKey(Resource claim) {
        return new ObjectKey(Resources.NODES, "", selectedNode(claim));
    }
}
