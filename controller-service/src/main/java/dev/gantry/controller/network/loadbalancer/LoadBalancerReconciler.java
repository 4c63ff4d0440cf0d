package dev.gantry.controller.network.loadbalancer;

import dev.gantry.model.address.Address;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * First the finalizer, then the addresses; at the end the addresses go first.
 *
 * <p>Compat: reasons, messages and order of cloud-provider's service controller.
 */
final class LoadBalancerReconciler implements Reconciler<LoadBalancerView, Action> {
    private static final GroupResource SERVICES = Resources.SERVICES;

    @Override
    public Plan<Action> reconcile(LoadBalancerView view, Instant now) {
        Resource service = view.service();
        if (!Balanced.isWanted(service)) {
            return Plan.of(release(view));
        }
        if (!Balanced.isMarked(service)) {
            return Plan.of(
                    List.of(
                            event(service, "EnsuringLoadBalancer", "Ensuring load balancer"),
                            mark(service)));
        }
        return Plan.of(
                switch (Assignment.of(view)) {
                    case Assignment.Assigned(var addresses) -> ensure(service, addresses);
                    case Assignment.Impossible(var why) -> List.of(failure(service, why));
                });
    }

    private static List<Action> ensure(Resource service, List<Address> addresses) {
        ArrayNode ingress = JsonNodeFactory.instance.arrayNode();
        addresses.forEach(
                each -> ingress.addObject().put("ip", each.toString()).put("ipMode", "VIP"));
        if (Balanced.ingress(service).equals(ingress)) {
            return List.of();
        }
        return List.of(
                putStatus(service, ingress),
                event(service, "EnsuredLoadBalancer", "Ensured load balancer"));
    }

    /** Only addresses of the pool are taken away: others may be of somebody else's balancer. */
    private static List<Action> release(LoadBalancerView view) {
        Resource service = view.service();
        Action deleting = event(service, "DeletingLoadBalancer", "Deleting load balancer");
        Action deleted = event(service, "DeletedLoadBalancer", "Deleted load balancer");
        if (service.isBeingDeleted()) {
            return List.of(deleting, unmark(service), deleted);
        }
        return Balanced.addresses(service, view.pool()).isEmpty()
                ? List.of(unmark(service), deleted)
                : List.of(deleting, putStatus(service, withoutPool(view)));
    }

    private static ArrayNode withoutPool(LoadBalancerView view) {
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : Balanced.ingress(view.service())) {
            boolean isOurs =
                    Address.parse(Resource.text(each, "ip")).filter(view.pool()::holds).isPresent();
            if (!isOurs) {
                left.add(each.deepCopy());
            }
        }
        return left;
    }

    private static Action putStatus(Resource service, ArrayNode ingress) {
        Resource copy = service.copy();
        ObjectNode balancer = Resource.child(Resource.child(copy.tree(), "status"), "loadBalancer");
        if (ingress.isEmpty()) {
            balancer.remove("ingress");
        } else {
            balancer.set("ingress", ingress);
        }
        return new Action.PutStatus(SERVICES, copy, service.revision());
    }

    private static Action mark(Resource service) {
        Resource copy = service.copy();
        Resource.array(copy.mutableMetadata(), "finalizers").add(Balanced.FINALIZER);
        return new Action.Update(SERVICES, copy);
    }

    private static Action unmark(Resource service) {
        Resource copy = service.copy();
        ArrayNode left = copy.mutableMetadata().putArray("finalizers");
        service.finalizers().stream()
                .filter(each -> !each.equals(Balanced.FINALIZER))
                .forEach(left::add);
        return new Action.Update(SERVICES, copy);
    }

    private static Action failure(Resource service, String why) {
        return new Action.RecordEvent(
                SERVICES,
                service,
                true,
                LoadBalancerController.FAILED,
                "Error syncing load balancer: failed to ensure load balancer: " + why);
    }

    private static Action event(Resource service, String reason, String message) {
        return new Action.RecordEvent(SERVICES, service, false, reason, message);
    }
}
