package dev.gantry.controller.node.resourceclaim;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Gives a claim back step by step.
 *
 * <pre>
 *   reserved ──last consumer ends──► free ──► not allocated ──► without finalizer ──► deleted, if it
 *                                                                  was made for a pod that is over
 * </pre>
 */
final class ResourceClaimReconciler implements Reconciler<ResourceClaimView, Action> {
    /**
     * Compat: set by the scheduler together with the allocation, which then is its to take back.
     */
    private static final String PROTECTION = "resource.kubernetes.io/delete-protection";

    @Override
    public Plan<Action> reconcile(ResourceClaimView view, Instant now) {
        Resource claim = view.claim();
        List<Reservation> all = Reservation.of(claim);
        List<Reservation> kept = all.stream().filter(each -> isKept(each, view)).toList();
        boolean isFree = kept.isEmpty();
        boolean isProtected = claim.finalizers().contains(PROTECTION);
        boolean isAllocated = claim.status().path("allocation").isObject();
        boolean isGivenBack = isFree && isProtected && (!all.isEmpty() || claim.isBeingDeleted());
        if (kept.size() < all.size() || (isGivenBack && isAllocated)) {
            return Plan.of(List.of(put(claim, kept, isGivenBack)));
        }
        // Compat: one that lives keeps the finalizer: a scheduler may have set it a moment ago.
        if (isFree && isProtected && !isAllocated && claim.isBeingDeleted()) {
            return Plan.of(
                    List.of(new Action.Update(ResourceClaimController.CLAIMS, unprotected(claim))));
        }
        if (isFree && isOver(view) && !claim.isBeingDeleted()) {
            return Plan.of(
                    List.of(
                            new Action.Delete(
                                    claim.key(ResourceClaimController.CLAIMS),
                                    claim.uid(),
                                    Propagation.BACKGROUND)));
        }
        return Plan.settled();
    }

    private static Action put(Resource claim, List<Reservation> kept, boolean isGivenBack) {
        Resource next = Reservation.keeping(claim, kept);
        if (isGivenBack) {
            Resource.child(next.tree(), "status").remove("allocation");
            Resource.child(next.tree(), "status").remove("devices");
        }
        return new Action.PutStatus(ResourceClaimController.CLAIMS, next, claim.revision());
    }

    /** What is reserved for something else than a pod is not ours to judge. */
    private static boolean isKept(Reservation reservation, ResourceClaimView view) {
        if (!reservation.isForPod()) {
            return true;
        }
        Resource pod = view.consumers().get(reservation.uid());
        return pod != null && !isDone(pod);
    }

    /**
     * The pod that it was made for will not run any more. A pod that is gone is garbage's matter.
     */
    private static boolean isOver(ResourceClaimView view) {
        return view.owner().filter(ResourceClaimReconciler::isDone).isPresent();
    }

    /** Compat: finished, or deleted before it had a node. */
    private static boolean isDone(Resource pod) {
        boolean neverStarts = pod.isBeingDeleted() && PodLife.node(pod).isEmpty();
        return PodLife.isFinished(pod) || neverStarts;
    }

    private static Resource unprotected(Resource claim) {
        Resource next = claim.copy();
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        claim.finalizers().stream().filter(each -> !each.equals(PROTECTION)).forEach(kept::add);
        if (kept.isEmpty()) {
            next.mutableMetadata().remove("finalizers");
        } else {
            next.mutableMetadata().set("finalizers", kept);
        }
        return next;
    }
}
