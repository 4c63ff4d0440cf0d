package dev.gantry.controller.storage.ephemeralvolume;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.EventText;
import dev.gantry.controller.storage.persistentvolume.PodClaims;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Reconciles pods with ephemeral volumes, and the pod of a claim that vanished. */
public final class EphemeralVolumeController implements Controller {
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final GroupResource PODS = Resources.PODS;

    private final EphemeralVolumeReconciler reconciler = new EphemeralVolumeReconciler();

    @Override
    public String component() {
        return "ephemeral_volume";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(PODS, CLAIMS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(PODS)) {
            boolean isNew = change.before().isEmpty();
            change.after()
                    .filter(pod -> isNew && hasEphemeral(pod))
                    .ifPresent(_ -> enqueue.accept(change.key()));
            return;
        }
        Optional<Owner> owner = change.newest().controller();
        if (change.after().isEmpty() && owner.isPresent() && owner.get().kind().equals("Pod")) {
            enqueue.accept(new ObjectKey(PODS, change.key().namespace(), owner.get().name()));
        }
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return cluster.get(key)
                .filter(EphemeralVolumeController::hasEphemeral)
                .map(pod -> new EphemeralVolumeView(pod, claims(pod, cluster)))
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }

    @Override
    public Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        return EventText.warning("FailedBinding", "ephemeral volume: " + message)
                .about(key, cluster);
    }

    private static boolean hasEphemeral(Resource pod) {
        for (JsonNode volume : pod.spec().path("volumes")) {
            if (volume.path("ephemeral").isObject()) {
                return true;
            }
        }
        return false;
    }

    private static SortedMap<String, Resource> claims(Resource pod, ClusterReader cluster) {
        SortedMap<String, Resource> found = new TreeMap<>();
        for (String name : PodClaims.of(pod)) {
            cluster.get(new ObjectKey(CLAIMS, pod.namespace(), name))
                    .ifPresent(claim -> found.put(name, claim));
        }
        return found;
    }
}
