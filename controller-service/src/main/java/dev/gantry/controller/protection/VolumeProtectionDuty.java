package dev.gantry.controller.protection;

import dev.gantry.client.duty.Duty;
import dev.gantry.client.duty.World;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** A volume is in use while it is bound. */
public final class VolumeProtectionDuty implements Duty {
    private static final GroupResource VOLUMES = BuiltinKind.PERSISTENT_VOLUME.resource();

    private final ProtectionReconciler reconciler =
            new ProtectionReconciler(VOLUMES, "kubernetes.io/pv-protection");

    @Override
    public String component() {
        return "persistentvolume-protection-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(VOLUMES);
    }

    @Override
    public void concerns(Change change, World world, Consumer<ObjectKey> look) {
        look.accept(change.key());
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, World world, Instant now) {
        return world.get(key)
                .map(volume -> new ProtectionView(volume, isBound(volume)))
                .map(view -> reconciler.reconcile(view, now))
                .orElse(Plan.settled());
    }

    private static boolean isBound(Resource volume) {
        return Resource.text(volume.status(), "phase").equals("Bound");
    }
}
