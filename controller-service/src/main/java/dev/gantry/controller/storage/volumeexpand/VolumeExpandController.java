package dev.gantry.controller.storage.volumeexpand;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.controller.storage.persistentvolume.ClaimGrowth;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.storage.LocalStorage;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles bound claims whose request has grown. */
public final class VolumeExpandController implements Controller {
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;

    @Override
    public String component() {
        return "volume_expand";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(CLAIMS, VOLUMES);
    }

    /** Compat: each growth is told once, and all that are still wanted after a start. */
    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (!change.isOf(CLAIMS)) {
            return;
        }
        Quantity before = change.before().map(ClaimGrowth::requested).orElse(Quantity.ZERO);
        change.after()
                .filter(ClaimGrowth::isWanted)
                .filter(claim -> ClaimGrowth.requested(claim).compareTo(before) > 0)
                .ifPresent(_ -> enqueue.accept(change.key()));
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return cluster.get(key)
                .filter(ClaimGrowth::isWanted)
                .filter(claim -> isLeftToOthers(claim, cluster))
                .map(claim -> Plan.of(List.of(event(claim))))
                .orElse(Plan.settled());
    }

    /** What is provisioned here is expanded here. */
    private static boolean isLeftToOthers(Resource claim, ClusterReader cluster) {
        return cluster.get(ClaimGrowth.volume(claim))
                .filter(volume -> ClaimGrowth.isOf(volume, claim))
                .map(volume -> Resource.text(volume.spec().path("csi"), "driver"))
                .filter(driver -> !driver.equals(LocalStorage.DRIVER))
                .isPresent();
    }

    private static Action event(Resource claim) {
        return new Action.RecordEvent(
                CLAIMS,
                claim,
                false,
                "ExternalExpanding",
                "waiting for an external controller to expand this PVC");
    }
}
