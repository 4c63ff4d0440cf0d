package dev.gantry.controller.lifecycle.namespace;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Deletes what is not being deleted yet; ends the namespace when nothing is left. */
final class NamespaceReconciler implements Reconciler<NamespaceView, Action> {
    private static final String FINALIZER = "kubernetes";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final Duration NEARLY_DONE = Duration.ofMillis(250);

    /** Cost: each look lists every kind from the API. */
    private static final Duration UNKNOWN = Duration.ofSeconds(10);

    @Override
    public Plan<Action> reconcile(NamespaceView view, Instant now) {
        Resource namespace = view.namespace();
        if (!namespace.isBeingDeleted() || !holds(namespace)) {
            return Plan.settled();
        }
        if (!view.turn().isEmpty()) {
            Duration pause = view.isCertain() ? NEARLY_DONE : LOOK_AGAIN;
            return Plan.of(empty(view, now)).requeueAt(now.plus(pause));
        }
        if (!view.isCertain()) {
            return Plan.<Action>settled().requeueAt(now);
        }
        if (!view.extensions().unknown().isEmpty()) {
            return Plan.of(NamespaceConditions.tell(view, now).stream().toList())
                    .requeueAt(now.plus(UNKNOWN));
        }
        return end(view, now);
    }

    /** What is told is what is left once all of it has been told to go. */
    private static List<Action> empty(NamespaceView view, Instant now) {
        List<Action> deletions = new ArrayList<>();
        view.turn()
                .forEach(
                        (resource, objects) -> {
                            if (objects.stream().anyMatch(o -> !o.isBeingDeleted())) {
                                deletions.addAll(deletions(view, resource, objects));
                            }
                        });
        List<Action> actions = new ArrayList<>();
        if (deletions.isEmpty() || view.refusal().isPresent()) {
            NamespaceConditions.tell(view, now).ifPresent(actions::add);
        }
        actions.addAll(deletions);
        return actions;
    }

    /** An extension server may know how to delete one object, and not how to delete many. */
    private static List<Action> deletions(
            NamespaceView view, GroupResource resource, List<Resource> objects) {
        if (!view.extensions().objects().containsKey(resource)) {
            return List.of(new Action.DeleteAll(resource, view.namespace().name()));
        }
        return objects.stream()
                .filter(each -> !each.isBeingDeleted())
                .<Action>map(
                        each ->
                                new Action.Delete(
                                        each.key(resource), each.uid(), Propagation.BACKGROUND))
                .toList();
    }

    /** A namespace that goes at once is spared a status that nobody could read. */
    private static Plan<Action> end(NamespaceView view, Instant now) {
        Resource namespace = view.namespace();
        Resource released = released(namespace);
        boolean isSeen =
                !namespace.status().path("conditions").isEmpty()
                        || !released.spec().path("finalizers").isEmpty();
        Optional<Action> news = isSeen ? NamespaceConditions.tell(view, now) : Optional.empty();
        return Plan.of(List.of(news.orElseGet(() -> new Action.Finalize(released))));
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
