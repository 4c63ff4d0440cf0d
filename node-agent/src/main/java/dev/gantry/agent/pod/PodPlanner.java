package dev.gantry.agent.pod;

import dev.gantry.agent.pod.PodMemory.Stage;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.model.plan.Plan;
import dev.gantry.model.plan.Reconciler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a pod needs next.
 *
 * <pre>
 *   sandbox + volumes ──► init containers, one by one ──► main containers, all at once
 *          ▲                                                       │
 *          └────────── sandbox died, policy lets it return ◄───────┤
 *                                                                  ▼
 *   gone ◄── removed (deleted) ◄── volumes released ◄── sandbox stopped ◄── containers stopped
 * </pre>
 *
 * <p>Compat: {@code computePodActions} of {@code pkg/kubelet/kuberuntime}. Whatever takes time is
 * done beside this; the view says what is under way, and nothing is asked for twice.
 */
public final class PodPlanner implements Reconciler<PodView, PodAction> {
    /**
     * How many tries of one container are kept, the latest included: for lastState and old logs.
     */
    private static final int KEPT_TRIES = 2;

    private static final Duration NETWORK_LOOK = Duration.ofSeconds(1);

    @Override
    public Plan<PodAction> reconcile(PodView view, Instant now) {
        var draft = new PlanDraft();
        if (view.mustStop()) {
            new StopPlanner(view, draft).plan(now);
            return draft.finished();
        }
        Optional<Instant> deadline =
                view.pod().activeDeadline().map(limit -> view.memory().startedAt().plus(limit));
        if (deadline.isPresent() && !deadline.get().isAfter(now)) {
            draft.add(
                    new PodAction.FailPod(
                            new PodFailure(
                                    "DeadlineExceeded",
                                    "Pod was active on the node longer than the specified deadline")));
            return draft.finished();
        }
        deadline.ifPresent(draft::requeueAt);
        planWhole(view, draft, now);
        return draft.finished();
    }

    private static void planWhole(PodView view, PlanDraft draft, Instant now) {
        planVolumes(view, draft, now);
        if (view.readySandbox().isPresent() && view.restartsAll()) {
            stopStrangers(view, draft, now);
            new RestartAllPlanner(view, draft).plan(now);
            return;
        }
        removeOldTries(view, draft);
        if (view.readySandbox().isEmpty()) {
            planSandbox(view, draft, now);
            return;
        }
        stopStrangers(view, draft, now);
        if (view.memory().volumes() instanceof Stage.Ready) {
            new ContainerPlanner(view, draft, now).plan();
        }
    }

    private static void planVolumes(PodView view, PlanDraft draft, Instant now) {
        switch (view.memory().volumes()) {
            case Stage.Absent _, Stage.Gone _, Stage.Collected _ ->
                    draft.add(new PodAction.PrepareVolumes());
            case Stage.Failed failed when Wait.isOn(failed.retryAt(), now) ->
                    draft.requeueAt(failed.retryAt());
            case Stage.Failed _ -> draft.add(new PodAction.PrepareVolumes());
            case Stage.UnderWay _, Stage.Ready _ -> {}
        }
    }

    private static void planSandbox(PodView view, PlanDraft draft, Instant now) {
        if (view.memory().sandbox() instanceof Stage.UnderWay) {
            return;
        }
        if (view.anythingRuns()) {
            stopAll(view, draft, now, "Pod sandbox changed, it will be killed and re-created.");
            return;
        }
        Optional<PodSandbox> dead = view.sandbox();
        if (!mayReturn(view)) {
            return;
        }
        if (view.memory().sandbox() instanceof Stage.Failed failed
                && Wait.isOn(failed.retryAt(), now)) {
            draft.requeueAt(failed.retryAt());
            return;
        }
        if (view.networkProblem().isPresent() && !view.pod().isOnHostNetwork()) {
            draft.add(new PodAction.AwaitNetwork(view.networkProblem().get()));
            draft.requeueAt(now.plus(NETWORK_LOOK));
            return;
        }
        view.sandboxes().stream()
                .skip(1)
                .filter(
                        old ->
                                view.containers().stream()
                                        .noneMatch(c -> c.sandboxId().equals(old.id())))
                .forEach(old -> draft.add(new PodAction.RemoveSandbox(old.id())));
        int attempt = dead.map(each -> each.name().attempt() + 1).orElse(0);
        draft.add(new PodAction.CreateSandbox(attempt));
    }

    /** Compat: a pod that never restarts gets no second sandbox once it has run anything. */
    private static boolean mayReturn(PodView view) {
        return view.containers().isEmpty() || view.pod().restartsAny();
    }

    /** Containers of an older sandbox, and such that the spec does not name any more. */
    private static void stopStrangers(PodView view, PlanDraft draft, Instant now) {
        String sandbox = view.readySandbox().map(PodSandbox::id).orElse("");
        for (SeenContainer each : view.containers()) {
            boolean belongs =
                    each.sandboxId().equals(sandbox)
                            && view.pod().container(each.name()).isPresent();
            if (each.isRunning() && !belongs) {
                stop(view, draft, each, now, "Stopping container " + each.name());
            }
        }
    }

    private static void stopAll(PodView view, PlanDraft draft, Instant now, String message) {
        view.containers().stream()
                .filter(SeenContainer::isRunning)
                .forEach(each -> stop(view, draft, each, now, message));
    }

    private static void stop(
            PodView view, PlanDraft draft, SeenContainer container, Instant now, String message) {
        if (view.memory().containers().stopping().containsKey(container.id())) {
            return;
        }
        Duration grace = view.pod().grace();
        ContainerSpec spec = StopPlanner.specOf(view, container);
        draft.add(new PodAction.Stop(spec, container.id(), now.plus(grace), message));
    }

    private static void removeOldTries(PodView view, PlanDraft draft) {
        for (ContainerSpec each : view.pod().containers()) {
            List<SeenContainer> tries =
                    view.containers().stream().filter(c -> c.name().equals(each.name())).toList();
            tries.stream()
                    .skip(KEPT_TRIES)
                    .filter(old -> !old.isRunning() && !old.isLost())
                    .forEach(old -> draft.add(new PodAction.RemoveContainer(old)));
        }
    }
}
