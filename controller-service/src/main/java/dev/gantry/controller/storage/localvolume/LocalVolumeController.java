package dev.gantry.controller.storage.localvolume;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.EventText;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.controller.storage.persistentvolume.ClaimGrowth;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.storage.LocalStorage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles claims that ask for a local volume or for a larger one, and local volumes. */
public final class LocalVolumeController implements Controller {
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;

    private final LocalClaimReconciler claims = new LocalClaimReconciler();
    private final LocalVolumeReconciler volumes = new LocalVolumeReconciler();

    @Override
    public String component() {
        return LocalStorage.DRIVER;
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(CLAIMS, VOLUMES, Resources.STORAGE_CLASSES, Resources.NODES);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(CLAIMS)) {
            change.after()
                    .filter(each -> LocalClaimView.isAsking(each) || ClaimGrowth.isWanted(each))
                    .ifPresent(_ -> enqueue.accept(change.key()));
        } else if (change.isOf(VOLUMES)) {
            change.after().filter(LocalVolume::isOurs).ifPresent(_ -> enqueue.accept(change.key()));
        } else if (change.isOf(Resources.NODES) && change.after().isEmpty()) {
            nodeGone(change.newest(), cluster, enqueue);
        }
    }

    /** What it held is deleted by nobody any more. */
    private static void nodeGone(
            Resource node, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        for (Resource volume : cluster.list(VOLUMES)) {
            boolean wasThere = LocalVolume.host(volume.spec()).equals(LocalVolume.host(node));
            if (wasThere && LocalVolume.isOurs(volume)) {
                enqueue.accept(volume.key(VOLUMES));
            }
        }
        for (Resource claim : cluster.list(CLAIMS)) {
            boolean wasChosen = LocalClaimView.selectedNode(claim).equals(node.name());
            if (wasChosen && LocalClaimView.isAsking(claim)) {
                enqueue.accept(claim.key(CLAIMS));
            }
        }
    }

    /** Nothing is deleted, and no choice taken back, on the word of a cache that may be behind. */
    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        Optional<Resource> object = cluster.get(key);
        if (object.isEmpty()) {
            return LiveReads.NONE;
        }
        if (key.resource().equals(VOLUMES)) {
            LocalVolumeView view = LocalVolumeView.of(object.get(), cluster);
            return view.volume().isBeingDeleted() || view.isReleased()
                    ? LiveReads.objects(List.of(key))
                    : LiveReads.NONE;
        }
        boolean isNodeMissing =
                !LocalClaimView.selectedNode(object.get()).isEmpty()
                        && cluster.get(LocalClaimView.nodeKey(object.get())).isEmpty();
        return isNodeMissing
                ? LiveReads.objects(List.of(LocalClaimView.nodeKey(object.get())))
                : LiveReads.NONE;
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        Optional<Resource> found = cluster.get(key);
        if (key.resource().equals(CLAIMS)) {
            return found.map(each -> claim(each, cluster, now)).orElse(Plan.settled());
        }
        return found.filter(LocalVolume::isOurs)
                .map(each -> volumes.reconcile(LocalVolumeView.of(each, cluster), now))
                .orElse(Plan.settled());
    }

    private Plan<Action> claim(Resource claim, ClusterReader cluster, Instant now) {
        if (LocalClaimView.isAsking(claim)) {
            return claims.reconcile(LocalClaimView.of(claim, cluster), now);
        }
        return Optional.of(claim)
                .filter(each -> ClaimGrowth.isWanted(each) && !each.isBeingDeleted())
                .flatMap(each -> cluster.get(ClaimGrowth.volume(each)))
                .filter(each -> LocalVolume.isOurs(each) && ClaimGrowth.isOf(each, claim))
                .map(volume -> Plan.of(LocalExpansion.of(claim, volume)))
                .orElse(Plan.settled());
    }

    @Override
    public Optional<Action.RecordEvent> done(
            ObjectKey key, ClusterReader cluster, Action action, Optional<Resource> result) {
        return action instanceof Action.Create create
                ? EventText.normal(
                                "ProvisioningSucceeded",
                                "Successfully provisioned volume " + create.object().name())
                        .about(key, cluster)
                : Optional.empty();
    }

    @Override
    public Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        return action instanceof Action.DeletePath
                ? EventText.warning("VolumeFailedDelete", message).about(key, cluster)
                : Optional.empty();
    }
}
