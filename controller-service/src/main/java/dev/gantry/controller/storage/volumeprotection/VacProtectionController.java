package dev.gantry.controller.storage.volumeprotection;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.controller.lifecycle.protection.UserProtection;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.List;
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

    private final UserProtection protection =
            new UserProtection(
                    CLASSES, "kubernetes.io/vac-protection", VacProtectionController::hasUsers);

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

    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        return protection.liveReads(key, cluster, LiveReads.lists(List.of(CLAIMS, VOLUMES), ""));
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return protection.reconcile(key, cluster, now);
    }

    private static boolean hasUsers(Resource found, ClusterReader cluster) {
        return cluster.list(VOLUMES).stream().anyMatch(each -> names(each, found.name()))
                || cluster.list(CLAIMS).stream().anyMatch(each -> names(each, found.name()));
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
