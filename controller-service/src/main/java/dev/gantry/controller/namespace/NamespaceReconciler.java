package dev.gantry.controller.namespace;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Deletes what is not being deleted yet; ends the namespace when nothing is left. */
final class NamespaceReconciler implements Reconciler<NamespaceView, Action> {
    private static final GroupResource PODS = BuiltinKind.POD.resource();
    private static final String FINALIZER = "kubernetes";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final Duration NEARLY_DONE = Duration.ofMillis(250);

    @Override
    public Plan<Action> reconcile(NamespaceView view, Instant now) {
        Resource namespace = view.namespace();
        if (!namespace.isBeingDeleted() || !holds(namespace)) {
            return Plan.settled();
        }
        if (!view.contents().isEmpty()) {
            Duration pause = view.isCertain() ? NEARLY_DONE : LOOK_AGAIN;
            return Plan.of(empty(view)).askAgain(now.plus(pause));
        }
        return view.isCertain()
                ? Plan.of(List.of(new Action.Finalize(released(namespace))))
                : Plan.<Action>settled().askAgain(now);
    }

    private static List<Action> empty(NamespaceView view) {
        List<Action> actions = new ArrayList<>();
        boolean hasPods = view.contents().containsKey(PODS);
        view.contents()
                .forEach(
                        (resource, objects) -> {
                            boolean isTurn = !hasPods || resource.equals(PODS);
                            boolean isNew = objects.stream().anyMatch(o -> !o.isBeingDeleted());
                            if (isTurn && isNew) {
                                String name = view.namespace().name();
                                actions.add(new Action.DeleteAll(resource, name));
                            }
                        });
        return actions;
    }

    private static boolean holds(Resource namespace) {
        for (JsonNode each : namespace.spec().path("finalizers")) {
            if (each.asString("").equals(FINALIZER)) {
                return true;
            }
        }
        return false;
    }

    private static Resource released(Resource namespace) {
        Resource copy = namespace.copy();
        ObjectNode spec = Resource.child(copy.tree(), "spec");
        ArrayNode kept = spec.arrayNode();
        for (JsonNode each : namespace.spec().path("finalizers")) {
            if (!each.asString("").equals(FINALIZER)) {
                kept.add(each);
            }
        }
        spec.set("finalizers", kept);
        return copy;
    }
}
