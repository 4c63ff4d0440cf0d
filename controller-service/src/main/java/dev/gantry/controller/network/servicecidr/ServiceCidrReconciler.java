package dev.gantry.controller.network.servicecidr;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/** Compat: {@code servicecidrs_controller.go}: its words, its order and its grace period. */
final class ServiceCidrReconciler implements Reconciler<ServiceCidrView, Action> {
    private static final GroupResource SERVICE_CIDRS = Kinds.SERVICE_CIDR.resource();
    private static final String FINALIZER = "networking.k8s.io/service-cidr-finalizer";

    /** Until no write that may still know it as usable is under way. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Conditions.Wanted READY =
            new Conditions.Wanted("Ready", "True", "", "Kubernetes Service CIDR is ready");
    private static final Conditions.Wanted TERMINATING =
            new Conditions.Wanted(
                    "Ready",
                    "False",
                    "Terminating",
                    "There are still IPAddresses referencing the ServiceCIDR, please remove them or"
                            + " create a new ServiceCIDR");

    @Override
    public Plan<Action> reconcile(ServiceCidrView view, Instant now) {
        Resource serviceCidr = view.serviceCidr();
        boolean isMarked = serviceCidr.finalizers().contains(FINALIZER);
        if (!serviceCidr.isBeingDeleted()) {
            return isMarked ? say(serviceCidr, READY, now) : Plan.of(List.of(mark(serviceCidr)));
        }
        if (!isMarked) {
            return Plan.settled();
        }
        if (!view.isDispensable()) {
            return say(serviceCidr, TERMINATING, now);
        }
        Instant end = serviceCidr.deletionTime().orElse(now).plus(GRACE);
        return now.isBefore(end)
                ? Plan.<Action>settled().requeueAt(end)
                : Plan.of(List.of(unmark(serviceCidr)));
    }

    private static Plan<Action> say(
            Resource serviceCidr, Conditions.Wanted condition, Instant now) {
        Resource copy = serviceCidr.copy();
        ArrayNode conditions = Resource.array(Resource.child(copy.tree(), "status"), "conditions");
        return Conditions.set(conditions, condition, now)
                ? Plan.of(
                        List.of(new Action.PutStatus(SERVICE_CIDRS, copy, serviceCidr.revision())))
                : Plan.settled();
    }

    private static Action mark(Resource serviceCidr) {
        Resource copy = serviceCidr.copy();
        Resource.array(copy.mutableMetadata(), "finalizers").add(FINALIZER);
        return new Action.Update(SERVICE_CIDRS, copy);
    }

    private static Action unmark(Resource serviceCidr) {
        Resource copy = serviceCidr.copy();
        ArrayNode left = copy.mutableMetadata().putArray("finalizers");
        serviceCidr.finalizers().stream()
                .filter(each -> !each.equals(FINALIZER))
                .forEach(left::add);
        return new Action.Update(SERVICE_CIDRS, copy);
    }
}
