package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.client.controller.ApiQuery;
import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.EventText;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reconciles each autoscaler when its wishes change, and every few seconds.
 *
 * <p>The scale and the metrics are read from the API each time: first the scale, whose selector the
 * questions for metrics need.
 */
public final class HorizontalPodAutoscalerController implements Controller {
    static final GroupResource AUTOSCALERS = Kinds.HORIZONTAL_POD_AUTOSCALER.resource();

    private final AutoscalerReconciler reconciler;
    private final Memory memory = new Memory();

    public HorizontalPodAutoscalerController(AutoscalerSettings settings) {
        this.reconciler = new AutoscalerReconciler(settings);
    }

    @Override
    public String component() {
        return "horizontal-pod-autoscaler";
    }

    /** Pods are only read, when an autoscaler's time has come. */
    @Override
    public Set<GroupResource> watches() {
        return Set.of(AUTOSCALERS, Resources.PODS);
    }

    @Override
    public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {
        if (change.isOf(AUTOSCALERS) && !isOnlyStatus(change)) {
            enqueue.accept(change.key());
        }
    }

    private static boolean isOnlyStatus(Change change) {
        return change.before().isPresent()
                && change.after().isPresent()
                && change.before().get().uid().equals(change.after().get().uid())
                && change.before().get().spec().equals(change.after().get().spec());
    }

    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        Optional<Resource> autoscaler = cluster.get(key);
        if (autoscaler.isEmpty()) {
            return LiveReads.NONE;
        }
        AutoscalerView view = AutoscalerView.of(autoscaler.get(), cluster, memory);
        if (view.scale().isEmpty()) {
            return LiveReads.queries(unanswered(view.scalePath().stream().toList(), cluster));
        }
        if (view.selector().isEmpty() || view.selectorFault().isPresent()) {
            return LiveReads.NONE;
        }
        List<ApiQuery> metrics =
                view.metrics().stream()
                        .map(each -> view.queries().of(each, cluster::answer))
                        .distinct()
                        .toList();
        return LiveReads.queries(unanswered(metrics, cluster));
    }

    private static List<ApiQuery> unanswered(List<ApiQuery> queries, ClusterReader cluster) {
        return queries.stream().filter(each -> cluster.answer(each).isEmpty()).toList();
    }

    @Override
    public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
        Optional<Resource> autoscaler = cluster.get(key).filter(each -> !each.isBeingDeleted());
        if (autoscaler.isEmpty()) {
            memory.forget(key);
            return Plan.settled();
        }
        AutoscalerDecision decision =
                reconciler.decide(AutoscalerView.of(autoscaler.get(), cluster, memory), now);
        memory.keep(key, decision.history());
        return decision.plan();
    }

    @Override
    public Optional<Action.RecordEvent> done(
            ObjectKey key, ClusterReader cluster, Action action, Optional<Resource> result) {
        if (!(action instanceof Action.PutScale put)) {
            return Optional.empty();
        }
        int after = replicas(put.scale());
        memory.change(key, history -> history.scaled(after));
        return EventText.normal(
                        "SuccessfulRescale",
                        "New size: %d; reason: %s".formatted(after, put.reason()))
                .about(key, cluster);
    }

    @Override
    public Optional<Action.RecordEvent> refused(
            ObjectKey key, ClusterReader cluster, Action action, String message) {
        return switch (action) {
            case Action.PutScale put ->
                    EventText.warning(
                                    "FailedRescale",
                                    "New size: %d; reason: %s; error: %s"
                                            .formatted(
                                                    replicas(put.scale()), put.reason(), message))
                            .about(key, cluster);
            case Action.PutStatus _ ->
                    EventText.warning("FailedUpdateStatus", message).about(key, cluster);
            default -> Optional.empty();
        };
    }

    private static int replicas(Resource scale) {
        return scale.spec().path("replicas").asInt(0);
    }
}
