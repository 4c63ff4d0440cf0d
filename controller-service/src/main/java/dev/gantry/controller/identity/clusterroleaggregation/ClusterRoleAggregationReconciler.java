package dev.gantry.controller.identity.clusterroleaggregation;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The rules of all parts, each once, in the order of the parts. */
final class ClusterRoleAggregationReconciler
        implements Reconciler<ClusterRoleAggregationView, Action> {
    @Override
    public Plan<Action> reconcile(ClusterRoleAggregationView view, Instant now) {
        Set<JsonNode> rules = new LinkedHashSet<>();
        for (Resource part : view.parts()) {
            part.tree().path("rules").forEach(rules::add);
        }
        ArrayNode wanted = JsonNodeFactory.instance.arrayNode();
        rules.forEach(each -> wanted.add(each.deepCopy()));
        JsonNode before = view.role().tree().path("rules");
        if (wanted.equals(before) || (wanted.isEmpty() && before.isEmpty())) {
            return Plan.settled();
        }
        Resource copy = view.role().copy();
        copy.tree().set("rules", wanted);
        return Plan.of(List.of(new Action.Update(Resources.CLUSTER_ROLES, copy)));
    }
}
