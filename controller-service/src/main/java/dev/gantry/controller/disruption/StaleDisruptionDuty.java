package dev.gantry.controller.disruption;

import dev.gantry.client.duty.Duty;
import dev.gantry.client.duty.World;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** Looks at pods that say that they are about to be disrupted. */
public final class StaleDisruptionDuty implements Duty {
    private final StaleDisruptionReconciler reconciler = new StaleDisruptionReconciler();

    @Override
    public String component() {
        return "controllermanager";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(DisruptionDuty.PODS);
    }

    @Override
    public void concerns(Change change, World world, Consumer<ObjectKey> look) {
        change.after()
                .filter(StaleDisruptionDuty::isTarget)
                .ifPresent(_ -> look.accept(change.key()));
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, World world, Instant now) {
        return world.get(key).map(pod -> reconciler.reconcile(pod, now)).orElse(Plan.settled());
    }

    private static boolean isTarget(Resource pod) {
        return Conditions.isTrue(pod.status().path("conditions"), "DisruptionTarget");
    }
}
