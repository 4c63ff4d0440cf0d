package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.client.controller.ApiAnswer;
import dev.gantry.client.controller.ApiQuery;
import dev.gantry.model.condition.Conditions.Wanted;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * One look at an autoscaler.
 *
 * <p>Compat: {@code reconcileAutoscaler}. Where the new scale was refused before, the status says
 * so before it is tried again.
 */
final class AutoscalerReconciler {
    private final AutoscalerSettings settings;

    AutoscalerReconciler(AutoscalerSettings settings) {
        this.settings = settings;
    }

    AutoscalerDecision decide(AutoscalerView view, Instant now) {
        var draft = new StatusDraft(view.autoscaler(), now);
        AutoscalerDecision decision =
                view.scale()
                        .map(scale -> withScale(view, scale, draft, now))
                        .orElseGet(() -> withoutScale(view, draft));
        return new AutoscalerDecision(
                decision.plan().requeueAt(now.plus(settings.syncPeriod())), decision.history());
    }

    private static AutoscalerDecision withoutScale(AutoscalerView view, StatusDraft draft) {
        String why =
                view.scaleAnswer()
                        .map(
                                answer ->
                                        answer instanceof ApiAnswer.Refused refused
                                                ? refused.message()
                                                : "")
                        .orElseGet(
                                () ->
                                        TargetKind.unknown(
                                                view.autoscaler().spec().path("scaleTargetRef")));
        draft.cannotScale(
                "FailedGetScale",
                "the HPA controller was unable to get the target's current scale: " + why);
        return told(view, draft, List.of(warn(view, "FailedGetScale", why)), view.history());
    }

    private AutoscalerDecision withScale(
            AutoscalerView view, Resource scale, StatusDraft draft, Instant now) {
        draft.set(
                new Wanted(
                        "AbleToScale",
                        "True",
                        "SucceededGetScale",
                        "the HPA controller was able to get the target's current scale"));
        JsonNode spec = view.autoscaler().spec();
        int current = scale.spec().path("replicas").asInt(0);
        int least = spec.path("minReplicas").asInt(1);
        int most = spec.path("maxReplicas").asInt(1);
        ScaleHistory history = view.history().decided(current, view.selector(), now);
        if (history.recommendations().isEmpty()) {
            history = history.recommended(current, now, settings.downscaleStabilization());
        }
        draft.current(current);
        if (current == 0 && least != 0) {
            draft.isInactive(
                    "ScalingDisabled",
                    "scaling is disabled since the replica count of the target is zero");
            draft.metrics(List.of());
            draft.desired(0);
            return told(view, draft, List.of(), history);
        }
        if (current > most || current < least) {
            draft.metrics(List.of());
            return rescaled(
                    view,
                    draft,
                    current > most
                            ? new Rescale(
                                    current,
                                    most,
                                    "Current number of replicas above Spec.MaxReplicas")
                            : new Rescale(
                                    current,
                                    least,
                                    "Current number of replicas below Spec.MinReplicas"),
                    history);
        }
        return byMetrics(view, draft, current, history, now);
    }

    private AutoscalerDecision byMetrics(
            AutoscalerView view,
            StatusDraft draft,
            int current,
            ScaleHistory history,
            Instant now) {
        Optional<Action> invalid = invalidSelector(view, draft);
        if (invalid.isPresent()) {
            draft.metrics(List.of());
            String error = ((Action.RecordEvent) invalid.get()).message();
            return told(
                    view,
                    draft,
                    List.of(invalid.get(), warn(view, "FailedComputeMetricsReplicas", error)),
                    history);
        }
        var recommendation = Recommendation.of(proposals(view, current, now), current);
        draft.metrics(recommendation.statuses());
        draft.set(recommendation.active());
        List<Action> events = new ArrayList<>();
        recommendation
                .problems()
                .forEach(each -> events.add(warn(view, each.reason(), each.why())));
        if (recommendation.replicas().isEmpty()) {
            events.add(warn(view, "FailedComputeMetricsReplicas", recommendation.error()));
            return told(view, draft, events, history);
        }
        int recommended = recommendation.replicas().getAsInt();
        JsonNode spec = view.autoscaler().spec();
        Normalization.Desired desired =
                Normalization.of(spec, current, recommended, now).apply(spec, history, settings);
        draft.set(desired.able());
        draft.set(desired.limited());
        if (desired.replicas() == current) {
            draft.desired(current);
            return told(view, draft, events, desired.history());
        }
        String reason =
                recommended > current
                        ? recommendation.metric() + " above target"
                        : recommended < current ? "All metrics below target" : "";
        AutoscalerDecision rescaled =
                rescaled(
                        view,
                        draft,
                        new Rescale(current, desired.replicas(), reason),
                        desired.history());
        events.addAll(rescaled.plan().actions());
        return new AutoscalerDecision(Plan.of(events), rescaled.history());
    }

    private List<Proposal> proposals(AutoscalerView view, int current, Instant now) {
        Resource scale = view.scale().orElseThrow();
        var calculator =
                new ReplicaCalculator(
                        current,
                        view.pods(),
                        Tolerances.of(view.autoscaler().spec().path("behavior"), settings),
                        settings,
                        now);
        var target =
                new MetricTarget(
                        calculator,
                        scale.status().path("replicas").asInt(0),
                        view.autoscaler().namespace());
        List<Proposal> proposals = new ArrayList<>();
        for (MetricSpec metric : view.metrics()) {
            ApiQuery query = view.queries().of(metric, view.answers());
            Measured measured = Measured.of(metric, view.answers().apply(query));
            proposals.add(Proposal.of(metric, measured, target));
        }
        return proposals;
    }

    private static Optional<Action> invalidSelector(AutoscalerView view, StatusDraft draft) {
        if (view.selector().isEmpty()) {
            draft.isInactive("InvalidSelector", "the HPA target's scale is missing a selector");
            return Optional.of(warn(view, "SelectorRequired", "selector is required"));
        }
        Optional<String> fault = view.selectorFault();
        if (fault.isPresent()) {
            draft.isInactive("InvalidSelector", fault.get());
            return Optional.of(warn(view, "InvalidSelector", fault.get()));
        }
        if (view.rivals().isEmpty()) {
            return Optional.empty();
        }
        List<ObjectKey> all = new ArrayList<>(view.rivals());
        all.add(view.autoscaler().key(HorizontalPodAutoscalerController.AUTOSCALERS));
        String why =
                "pods by selector %s are controlled by multiple HPAs: [%s]"
                        .formatted(
                                view.selector(),
                                all.stream()
                                        .sorted()
                                        .map(each -> each.namespace() + "/" + each.name())
                                        .collect(Collectors.joining(" ")));
        draft.isInactive("AmbiguousSelector", why);
        return Optional.of(warn(view, "AmbiguousSelector", why));
    }

    private record Rescale(int before, int after, String reason) {}

    private static AutoscalerDecision rescaled(
            AutoscalerView view, StatusDraft draft, Rescale change, ScaleHistory history) {
        List<Action> actions = new ArrayList<>();
        view.refusal()
                .ifPresent(
                        why ->
                                draft.cannotScale(
                                        "FailedUpdateScale",
                                        "the HPA controller was unable to update the target scale: "
                                                + why));
        if (view.refusal().isPresent()) {
            draft.put().ifPresent(actions::add);
            actions.add(scaling(view, change));
            return new AutoscalerDecision(Plan.of(actions), history);
        }
        draft.set(
                new Wanted(
                        "AbleToScale",
                        "True",
                        "SucceededRescale",
                        "the HPA controller was able to update the target scale to "
                                + change.after));
        draft.desired(change.after);
        draft.scaled();
        actions.add(scaling(view, change));
        draft.put().ifPresent(actions::add);
        return new AutoscalerDecision(Plan.of(actions), history);
    }

    private static Action scaling(AutoscalerView view, Rescale change) {
        Resource scale = view.scale().orElseThrow().copy();
        Resource.child(scale.tree(), "spec").put("replicas", change.after);
        return new Action.PutScale(view.scalePath().orElseThrow().path(), scale, change.reason);
    }

    private static AutoscalerDecision told(
            AutoscalerView view, StatusDraft draft, List<Action> events, ScaleHistory history) {
        List<Action> actions = new ArrayList<>();
        draft.put().ifPresent(actions::add);
        actions.addAll(events);
        return new AutoscalerDecision(Plan.of(actions), history);
    }

    private static Action warn(AutoscalerView view, String reason, String message) {
        return new Action.RecordEvent(
                HorizontalPodAutoscalerController.AUTOSCALERS,
                view.autoscaler(),
                true,
                reason,
                message);
    }
}
