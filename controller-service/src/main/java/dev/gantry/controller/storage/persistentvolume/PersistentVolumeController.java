package dev.gantry.controller.storage.persistentvolume;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reconciles claims and volumes, each under its own key. */
public final class PersistentVolumeController implements Controller {
    private final PersistentVolumeClaimReconciler claims = new PersistentVolumeClaimReconciler();
    private final PersistentVolumeReconciler volumes = new PersistentVolumeReconciler();

    @Override
    public String component() {
        return "persistentvolume-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(Storage.CLAIMS, Storage.VOLUMES, Storage.CLASSES, Storage.PODS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(Storage.CLAIMS)) {
            claimChanged(change, cluster, enqueue);
        } else if (change.isOf(Storage.VOLUMES)) {
            volumeChanged(change, cluster, enqueue);
        } else if (change.isOf(Storage.CLASSES)) {
            classChanged(change.newest(), cluster, enqueue);
        } else {
            podChanged(change, cluster, enqueue);
        }
    }

    private static void claimChanged(
            Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        enqueue.accept(change.key());
        String before = change.before().map(Storage::volumeName).orElse("");
        String after = change.after().map(Storage::volumeName).orElse("");
        for (String each : List.of(before, after)) {
            if (!each.isEmpty()) {
                enqueue.accept(Storage.volumeKey(each));
            }
        }
        if (before.equals(after) && change.after().isPresent()) {
            return;
        }
        // Volumes that were kept for it may be kept in vain now.
        for (Resource volume : cluster.list(Storage.VOLUMES)) {
            if (Storage.claimOf(volume).filter(change.key()::equals).isPresent()) {
                enqueue.accept(volume.key(Storage.VOLUMES));
            }
        }
    }

    private static void volumeChanged(
            Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        enqueue.accept(change.key());
        change.before().flatMap(Storage::claimOf).ifPresent(enqueue);
        change.after().flatMap(Storage::claimOf).ifPresent(enqueue);
        Optional<Resource> free = change.after().filter(PersistentVolumeController::isFree);
        boolean wasFree = change.before().filter(PersistentVolumeController::isFree).isPresent();
        if (free.isEmpty() || (wasFree && isSameOffer(change.before(), free.get()))) {
            return;
        }
        for (Resource claim : cluster.list(Storage.CLAIMS)) {
            if (!Storage.isComplete(claim) && Match.mayInterest(free.get(), claim)) {
                enqueue.accept(claim.key(Storage.CLAIMS));
            }
        }
    }

    private static boolean isFree(Resource volume) {
        return Storage.claimOf(volume).isEmpty() && Storage.phase(volume).equals("Available");
    }

    private static boolean isSameOffer(Optional<Resource> before, Resource after) {
        return before.filter(
                        volume ->
                                volume.spec().equals(after.spec())
                                        && volume.labels().equals(after.labels()))
                .isPresent();
    }

    private static void classChanged(
            Resource storageClass, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        for (Resource claim : cluster.list(Storage.CLAIMS)) {
            boolean isConcerned =
                    Storage.className(claim).equals(storageClass.name())
                            || !Storage.hasClassName(claim);
            if (isConcerned && !Storage.isComplete(claim)) {
                enqueue.accept(claim.key(Storage.CLAIMS));
            }
        }
    }

    /** Only who comes, goes or gets its node changes what a claim waits for. */
    private static void podChanged(
            Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        Resource pod = change.newest();
        Set<String> names = PodClaims.of(pod);
        // Cost: most pods have no claims, and specs are long.
        if (names.isEmpty() || isSameSpec(change)) {
            return;
        }
        for (String name : names) {
            ObjectKey key = new ObjectKey(Storage.CLAIMS, pod.namespace(), name);
            cluster.get(key)
                    .filter(claim -> !Storage.isComplete(claim))
                    .ifPresent(_ -> enqueue.accept(key));
        }
    }

    private static boolean isSameSpec(Change change) {
        return change.before().isPresent()
                && change.after().isPresent()
                && change.before().get().spec().equals(change.after().get().spec());
    }

    /**
     * What seems to be gone is looked up: the feed of the other kind may just be behind, and
     * neither Lost nor Released is ever taken back.
     */
    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        Optional<Resource> object = cluster.get(key);
        if (object.isEmpty()) {
            return LiveReads.NONE;
        }
        Resource found = object.get();
        if (key.resource().equals(Storage.CLAIMS)) {
            ObjectKey volume = Storage.volumeKey(Storage.volumeName(found));
            boolean isDoubtful =
                    Storage.isComplete(found)
                            && !volume.name().isEmpty()
                            && !Storage.phase(found).equals("Lost")
                            && cluster.get(volume).isEmpty();
            return isDoubtful ? LiveReads.objects(List.of(volume)) : LiveReads.NONE;
        }
        PersistentVolumeView view = PersistentVolumeView.of(found, cluster);
        boolean isSettled = Set.of("Released", "Failed").contains(Storage.phase(found));
        boolean isDoubtful = !view.isBindable() && view.claim().isEmpty() && !isSettled;
        return isDoubtful
                ? LiveReads.objects(Storage.claimOf(found).stream().toList())
                : LiveReads.NONE;
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        Optional<Resource> found = cluster.get(key);
        if (found.isEmpty()) {
            return Plan.settled();
        }
        return key.resource().equals(Storage.CLAIMS)
                ? claims.reconcile(PersistentVolumeClaimView.of(found.get(), cluster), now)
                : volumes.reconcile(PersistentVolumeView.of(found.get(), cluster), now);
    }
}
