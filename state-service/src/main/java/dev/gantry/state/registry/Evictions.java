package dev.gantry.state.registry;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.apply.NotedFields;
import dev.gantry.state.log.Change;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether a pod's deletion may go on as an eviction, and what its PodDisruptionBudget pays for it.
 *
 * <p>Compat: {@code pkg/registry/core/pod/storage/eviction.go}. One thing is better here: budget
 * and pod change in one commit, so no disruption is ever paid for a pod that stays.
 */
final class Evictions {
    private static final GroupResource NAMED = new GroupResource("policy", "poddisruptionbudget");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final int MOST_DISRUPTED = 2000;

    /** Pods in these phases run nothing that counts as healthy. */
    private static final Set<String> UNGUARDED = Set.of("Succeeded", "Failed", "Pending");

    private Evictions() {}

    /**
     * @param deletion what a DELETE of the pod does
     */
    static Decision decide(
            Decision deletion, Resource pod, ClusterView view, DecisionContext context) {
        if (!(deletion instanceof Decision.Commit commit)) {
            return deletion;
        }
        boolean isGuarded =
                !pod.isBeingDeleted() && !UNGUARDED.contains(text(pod.status(), "phase"));
        List<Resource> budgets = isGuarded ? budgetsOf(pod, view) : List.of();
        if (budgets.size() > 1) {
            return new Decision.Refuse(
                    new Refusal.Unsupported(
                            "This pod has more than one PodDisruptionBudget, which the eviction"
                                    + " subresource does not support."));
        }
        if (budgets.isEmpty() || isSpared(pod, budgets.getFirst())) {
            return marked(commit, List.of(), context);
        }
        Resource budget = budgets.getFirst();
        Optional<Refusal> refusal = refusal(budget);
        return refusal.isPresent()
                ? new Decision.Refuse(refusal.get())
                : marked(commit, List.of(payment(budget, pod, context)), context);
    }

    /** Compat: a budget without a selector matches nothing; one with an empty selector, all. */
    private static List<Resource> budgetsOf(Resource pod, ClusterView view) {
        return view.list(Resources.POD_DISRUPTION_BUDGETS, pod.namespace()).stream()
                .filter(each -> each.spec().path("selector").isObject())
                .filter(
                        each ->
                                LabelSelector.of(each.spec().path("selector"))
                                        .selects(pod.labels()))
                .toList();
    }

    /**
     * A pod that is not ready anyway costs nothing while enough others are, or if it is said so.
     */
    private static boolean isSpared(Resource pod, Resource budget) {
        if (Conditions.isTrue(pod.status().path("conditions"), "Ready")) {
            return false;
        }
        long healthy = number(budget, "currentHealthy");
        long desired = number(budget, "desiredHealthy");
        return text(budget.spec(), "unhealthyPodEvictionPolicy").equals("AlwaysAllow")
                || (healthy >= desired && desired > 0);
    }

    private static Optional<Refusal> refusal(Resource budget) {
        JsonNode status = budget.status();
        if (number(budget, "observedGeneration") < budget.generation()) {
            String why = "The disruption budget %s is still being processed by the server.";
            return Optional.of(new Refusal.Disruption(why.formatted(budget.name()), RETRY_AFTER));
        }
        if (number(budget, "disruptionsAllowed") < 0) {
            return forbidden(budget, "pdb disruptions allowed is negative");
        }
        if (status.path("disruptedPods").size() > MOST_DISRUPTED) {
            return forbidden(
                    budget,
                    "DisruptedPods map too big - too many evictions not confirmed by PDB"
                            + " controller");
        }
        return number(budget, "disruptionsAllowed") == 0
                ? Optional.of(new Refusal.Disruption(exhausted(budget), Duration.ZERO))
                : Optional.empty();
    }

    private static String exhausted(Resource budget) {
        Optional<JsonNode> condition =
                Conditions.find(budget.status().path("conditions"), "DisruptionAllowed");
        boolean hasFailed =
                condition
                        .filter(each -> text(each, "status").equals("False"))
                        .filter(each -> text(each, "reason").equals("SyncFailed"))
                        .isPresent();
        return hasFailed
                ? "The disruption budget %s does not allow evicting pods currently because it failed sync: %s"
                        .formatted(budget.name(), text(condition.get(), "message"))
                : "The disruption budget %s needs %d healthy pods and has %d currently"
                        .formatted(
                                budget.name(),
                                number(budget, "desiredHealthy"),
                                number(budget, "currentHealthy"));
    }

    private static Optional<Refusal> forbidden(Resource budget, String why) {
        return Optional.of(new Refusal.Forbidden(NAMED, budget.name(), why));
    }

    /** One disruption less, and the pod noted, so that the controller does not count it. */
    private static Change payment(Resource budget, Resource pod, DecisionContext context) {
        Resource paid = budget.copy();
        ObjectNode status = Resource.child(paid.tree(), "status");
        long left = number(budget, "disruptionsAllowed") - 1;
        status.put("disruptionsAllowed", left);
        Resource.child(status, "disruptedPods")
                .put(pod.name(), Conditions.timestamp(context.now()));
        if (left == 0) {
            var wanted =
                    new Conditions.Wanted("DisruptionAllowed", "False", "InsufficientPods", "");
            ArrayNode conditions = conditions(status);
            Conditions.set(conditions, wanted, context.now());
            Conditions.find(conditions, wanted.type())
                    .map(ObjectNode.class::cast)
                    .ifPresent(
                            each ->
                                    each.put("message", "")
                                            .put(
                                                    "observedGeneration",
                                                    number(budget, "observedGeneration")));
        }
        NotedFields.completeStatus(paid);
        NotedFields.ofServer(context.now()).status(paid, budget);
        return new Change(
                budget.key(Resources.POD_DISRUPTION_BUDGETS),
                budget.revision(),
                Optional.of(paid),
                context.actor(),
                context.now());
    }

    /** The pod that goes in its own time says why it goes. */
    private static Decision marked(
            Decision.Commit commit, List<Change> alongside, DecisionContext context) {
        if (commit.removes()) {
            return commit.alongside(alongside);
        }
        Resource pod = commit.reply().copy();
        Conditions.set(
                conditions(Resource.child(pod.tree(), "status")),
                new Conditions.Wanted(
                        "DisruptionTarget",
                        "True",
                        "EvictionByEvictionAPI",
                        "Eviction API: evicting"),
                context.now());
        Change change = commit.change();
        return new Decision.Commit(
                new Change(
                        change.key(),
                        change.previous(),
                        Optional.of(pod),
                        change.actor(),
                        change.time()),
                pod,
                alongside);
    }

    private static ArrayNode conditions(ObjectNode status) {
        return status.path("conditions") instanceof ArrayNode found
                ? found
                : status.putArray("conditions");
    }

    private static long number(Resource budget, String field) {
        return budget.status().path(field).asLong(0);
    }
}
