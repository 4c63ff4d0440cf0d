package dev.gantry.controller.storage.volumeprotection;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
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

/**
 * A VolumeAttributesClass is in use while a volume or a claim names it: as what it wants, as what
 * it has, or as what it is being changed to.
 *
 * <p>Compat: pkg/controller/volume/vacprotection.
 */
public final class VacProtectionController implements Controller {
    private static final GroupResource CLASSES = Kinds.VOLUME_ATTRIBUTES_CLASS.resource();
    private static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    private static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;
    private static final String NAME = "volumeAttributesClassName";

    private final ProtectionReconciler reconciler =
            new ProtectionReconciler(CLASSES, "kubernetes.io/vac-protection");

    @Override
    public String component() {
        return "volumeattributesclass-protection-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(CLASSES, CLAIMS, VOLUMES);
    }

    /** A claim or volume that changes or goes may have been the last one that used its class. */
    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(CLASSES)) {
            enqueue.accept(change.key());
            return;
        }
        for (Resource each : cluster.list(CLASSES)) {
            if (each.isBeingDeleted()) {
                enqueue.accept(each.key(CLASSES));
            }
        }
    }

    /** Once the cache knows no user, the API is asked: one may have come a moment ago. */
    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        Optional<Resource> found = cluster.get(key).filter(Resource::isBeingDeleted);
        return found.isPresent() && !isUsed(found.get(), cluster)
                ? LiveReads.lists(List.of(CLAIMS, VOLUMES), "")
                : LiveReads.NONE;
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return cluster.get(key)
                .map(found -> new ProtectionView(found, isUsed(found, cluster)))
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }

    private static boolean isUsed(Resource found, ClusterReader cluster) {
        return found.isBeingDeleted()
                && (cluster.list(VOLUMES).stream().anyMatch(each -> names(each, found.name()))
                        || cluster.list(CLAIMS).stream()
                                .anyMatch(each -> names(each, found.name())));
    }

    private static boolean names(Resource user, String name) {
        return Resource.text(user.spec(), NAME).equals(name)
                || Resource.text(user.status(), "currentVolumeAttributesClassName").equals(name)
                || Resource.text(
                                user.status().path("modifyVolumeStatus"),
                                "targetVolumeAttributesClassName")
                        .equals(name);
    }
}
