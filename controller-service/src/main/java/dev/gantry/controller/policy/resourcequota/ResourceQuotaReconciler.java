package dev.gantry.controller.policy.resourcequota;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.quota.QuotaUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes down what is allowed, and what of it is taken.
 *
 * <p>Example: {@code hard: {pods: 5}} and two running pods: {@code used: {pods: 2}}. A pod that has
 * ended takes nothing but {@code count/pods}.
 *
 * <p>Compat: {@code syncResourceQuota}. A count of something that is not known here is left out.
 */
final class ResourceQuotaReconciler implements Reconciler<ResourceQuotaView, Action> {
    /** Pods that do not go in time are no change that anybody would tell of. */
    private static final Duration RECHECK = Duration.ofMinutes(5);

    @Override
    public Plan<Action> reconcile(ResourceQuotaView view, Instant now) {
        Resource quota = view.quota();
        JsonNode hard = quota.spec().path("hard");
        ObjectNode status = quota.tree().objectNode();
        if (!hard.isEmpty()) {
            status.set("hard", hard.deepCopy());
            ObjectNode used = status.putObject("used");
            SortedMap<String, Quantity> taken = taken(view, now);
            for (String name : new TreeSet<>(hard.propertyNames())) {
                if (taken.containsKey(name) || isKnown(name, view.counted().keySet())) {
                    used.put(name, taken.getOrDefault(name, Quantity.ZERO).toString());
                }
            }
        }
        Plan<Action> plan =
                isSaid(quota.status(), status)
                        ? Plan.settled()
                        : Plan.of(List.of(put(quota, status)));
        return plan.requeueAt(now.plus(RECHECK));
    }

    private static SortedMap<String, Quantity> taken(ResourceQuotaView view, Instant now) {
        SortedMap<String, Quantity> taken = new TreeMap<>();
        view.counted()
                .forEach(
                        (resource, objects) ->
                                objects.forEach(
                                        each ->
                                                QuotaUsage.of(resource, each, now)
                                                        .forEach(
                                                                (name, amount) ->
                                                                        taken.merge(
                                                                                name,
                                                                                amount,
                                                                                Quantity::plus))));
        return taken;
    }

    private static boolean isKnown(String name, Set<GroupResource> countable) {
        if (!name.startsWith("count/")) {
            return true;
        }
        return countable.contains(GroupResource.parse(name.substring("count/".length())));
    }

    /** Amounts are compared by what they mean. */
    private static boolean isSaid(JsonNode before, ObjectNode status) {
        return same(before.path("hard"), status.path("hard"))
                && same(before.path("used"), status.path("used"));
    }

    private static boolean same(JsonNode before, JsonNode after) {
        SortedMap<String, Quantity> one = PodResources.amounts(before);
        SortedMap<String, Quantity> other = PodResources.amounts(after);
        if (!one.keySet().equals(other.keySet())) {
            return false;
        }
        for (var each : one.entrySet()) {
            if (each.getValue().compareTo(other.getOrDefault(each.getKey(), Quantity.ZERO)) != 0) {
                return false;
            }
        }
        return true;
    }

    private static Action put(Resource quota, ObjectNode status) {
        ObjectNode tree = quota.tree().deepCopy();
        tree.set("status", status);
        return new Action.PutStatus(
                ResourceQuotaController.QUOTAS, new Resource(tree), quota.revision());
    }
}
