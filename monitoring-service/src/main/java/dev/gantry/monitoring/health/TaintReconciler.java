package dev.gantry.monitoring.health;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import dev.gantry.monitoring.health.Taints.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a node's taints those that its conditions ask for; taints of others are left alone, but a
 * NoExecute taint that does not say since when it is there is told so: evictions count from then.
 */
final class TaintReconciler implements Reconciler<TaintView, Action> {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    @Override
    public Plan<Action> reconcile(TaintView view, Instant now) {
        Resource node = view.node();
        List<Mark> wanted = new ArrayList<>(Taints.wanted(node));
        ArrayNode next = JsonNodeFactory.instance.arrayNode();
        List<Mark> present = new ArrayList<>();
        for (JsonNode taint : node.spec().path("taints")) {
            Mark mark = Taints.markOf(taint);
            if (!Taints.isOurs(mark) || wanted.contains(mark)) {
                next.add(stamped(taint, now));
                present.add(mark);
            }
        }
        boolean isWithheld = false;
        for (Mark mark : wanted) {
            if (present.contains(mark)) {
                continue;
            }
            if (view.isMassSilence() && mark.effect().equals("NoExecute")) {
                isWithheld = true;
            } else {
                next.add(taint(mark, now));
            }
        }
        Plan<Action> plan = change(node, next);
        return isWithheld ? plan.requeueAt(now.plus(LOOK_AGAIN)) : plan;
    }

    private static Plan<Action> change(Resource node, ArrayNode next) {
        JsonNode before = node.spec().path("taints");
        if (before.equals(next) || (next.isEmpty() && before.isEmpty())) {
            return Plan.settled();
        }
        Resource copy = node.copy();
        ObjectNode spec = Resource.child(copy.tree(), "spec");
        if (next.isEmpty()) {
            spec.remove("taints");
        } else {
            spec.set("taints", next);
        }
        return Plan.of(List.of(new Action.Update(Resources.NODES, copy)));
    }

    private static ObjectNode taint(Mark mark, Instant now) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("key", mark.key())
                .put("effect", mark.effect())
                .put("timeAdded", Conditions.timestamp(now));
    }

    private static ObjectNode stamped(JsonNode taint, Instant now) {
        ObjectNode copy = (ObjectNode) taint.deepCopy();
        if (Taints.markOf(taint).effect().equals("NoExecute") && !copy.has("timeAdded")) {
            copy.put("timeAdded", Conditions.timestamp(now));
        }
        return copy;
    }
}
