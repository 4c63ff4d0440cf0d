package dev.gantry.controller.storage.volumeprotection;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.ObjectController;
import dev.gantry.controller.lifecycle.protection.ProtectionReconciler;
import dev.gantry.controller.lifecycle.protection.ProtectionView;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;

/** A volume is in use while it is bound. */
public final class PvProtectionController implements ObjectController {
    private static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;

    private final ProtectionReconciler reconciler =
            new ProtectionReconciler(VOLUMES, "kubernetes.io/pv-protection");

    @Override
    public String component() {
        return "persistentvolume-protection-controller";
    }

    @Override
    public GroupResource resource() {
        return VOLUMES;
    }

    @Override
    public Plan<Action> reconcile(Resource volume, ClusterReader cluster, Instant now) {
        return reconciler.reconcile(new ProtectionView(volume, isBound(volume)), now);
    }

    private static boolean isBound(Resource volume) {
        return Resource.text(volume.status(), "phase").equals("Bound");
    }
}
