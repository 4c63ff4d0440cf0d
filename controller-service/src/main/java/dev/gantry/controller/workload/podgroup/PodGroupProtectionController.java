package dev.gantry.controller.workload.podgroup;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.controller.lifecycle.protection.UserProtection;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.pod.PodGroup;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** A PodGroup is in use while a pod that has not finished names it, with a node or without. */
public final class PodGroupProtectionController implements Controller {
    private static final GroupResource GROUPS = Resources.POD_GROUPS;
    private static final GroupResource PODS = Resources.PODS;

    private final UserProtection protection =
            new UserProtection(
                    GROUPS,
                    "scheduling.k8s.io/podgroup-protection",
                    PodGroupProtectionController::hasPods);

    @Override
    public String component() {
        return "podgroup-protection-controller";
    }

    @Override
    public Set<GroupResource> watches() {
        return Set.of(GROUPS, PODS);
    }

    /** A pod that finishes or goes may have been the last one of its group. */
    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        protection.keysFor(change, PodGroupProtectionController::groups, cluster, enqueue);
    }

    private static List<String> groups(Resource pod) {
        String name = PodGroup.nameIn(pod);
        return name.isEmpty() ? List.of() : List.of(name);
    }

    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        return protection.liveReads(key, cluster, LiveReads.lists(List.of(PODS), key.namespace()));
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        return protection.reconcile(key, cluster, now);
    }

    private static boolean hasPods(Resource group, ClusterReader cluster) {
        return cluster.list(PODS, group.namespace()).stream()
                .anyMatch(
                        pod ->
                                !PodLife.isFinished(pod)
                                        && PodGroup.nameIn(pod).equals(group.name()));
    }
}
