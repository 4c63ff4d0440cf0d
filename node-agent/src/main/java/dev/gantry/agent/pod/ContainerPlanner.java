package dev.gantry.agent.pod;

import dev.gantry.agent.probe.ProbeKind;
import dev.gantry.agent.probe.ProbeSettings;
import dev.gantry.agent.probe.ProbeVerdict;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.ContainerSpec.Role;
import dev.gantry.agent.spec.RestartPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Which containers start, stop or wait, in a pod that has its sandbox and its volumes. */
final class ContainerPlanner {
    private final PodView view;
    private final PlanDraft draft;
    private final Instant now;
    private final ResizePlanner resize;

    ContainerPlanner(PodView view, PlanDraft draft, Instant now) {
        this.view = view;
        this.draft = draft;
        this.now = now;
        this.resize = new ResizePlanner(view);
    }

    void plan() {
        planContainers();
        resize.plan(draft, now);
    }

    private void planContainers() {
        view.pod().ephemerals().forEach(this::startOnce);
        boolean isInitialized = view.hasInitialized();
        for (ContainerSpec init : view.pod().inits()) {
            boolean isDone =
                    init.role() == Role.SIDECAR ? keepSidecar(init) : runInit(init, isInitialized);
            if (!isDone && !isInitialized) {
                return;
            }
        }
        for (ContainerSpec main : view.pod().mains()) {
            keep(main);
        }
    }

    /** Returns whether the next one may run. */
    private boolean runInit(ContainerSpec init, boolean isInitialized) {
        if (isInitialized) {
            return true;
        }
        Optional<SeenContainer> seen = view.current(init.name());
        if (seen.isPresent() && seen.get().isRunning()) {
            killWhereUnhealthy(init, seen.get());
            return false;
        }
        boolean hasSucceeded =
                seen.filter(SeenContainer::hasExited)
                        .map(each -> each.status().exitCode() == 0)
                        .orElse(false);
        if (!hasSucceeded) {
            startOrWait(init);
        }
        return hasSucceeded;
    }

    private boolean keepSidecar(ContainerSpec sidecar) {
        keep(sidecar);
        return view.hasStarted(sidecar);
    }

    private void keep(ContainerSpec spec) {
        Optional<SeenContainer> seen = view.current(spec.name());
        if (seen.isPresent() && seen.get().isRunning()) {
            killWhereUnhealthy(spec, seen.get());
            return;
        }
        boolean isOver =
                seen.filter(SeenContainer::hasExited)
                        .map(each -> !view.comesBack(spec, each))
                        .orElse(false);
        if (!isOver) {
            startOrWait(spec);
        }
    }

    /** Compat: started before the init containers, which may be what is to be looked into. */
    private void startOnce(ContainerSpec ephemeral) {
        if (view.newest(ephemeral.name()).isEmpty()) {
            startOrWait(ephemeral);
        }
    }

    private void killWhereUnhealthy(ContainerSpec spec, SeenContainer seen) {
        boolean needsRestart = resize.needsRestart(spec, seen);
        if (view.memory().containers().stopping().containsKey(seen.id())) {
            return;
        }
        boolean isOutdated = !seen.hash().isEmpty() && !seen.hash().equals(spec.hash());
        ProbeVerdict verdict = view.verdict(spec, seen);
        Duration grace = view.pod().grace();
        if (isOutdated) {
            String message = "Container %s definition changed, will be restarted";
            draft.add(restart(spec, seen, message));
        } else if (verdict.failed().isPresent()) {
            ProbeKind kind = verdict.failed().get();
            Duration own = ProbeSettings.of(spec.probe(kind.field())).grace().orElse(grace);
            String fate = policy(spec) == RestartPolicy.NEVER ? "" : ", will be restarted";
            String failed = kind == ProbeKind.STARTUP ? "startup" : "liveness";
            draft.add(
                    stop(
                            spec,
                            seen,
                            own,
                            "Container %s failed %s probe%s".formatted(spec.name(), failed, fate)));
        } else if (needsRestart) {
            draft.add(restart(spec, seen, "Container %s resize requires restart"));
        }
    }

    private PodAction.Restart restart(ContainerSpec spec, SeenContainer seen, String message) {
        return new PodAction.Restart(
                stop(spec, seen, view.pod().grace(), message.formatted(spec.name())));
    }

    private PodAction.Stop stop(
            ContainerSpec spec, SeenContainer seen, Duration grace, String message) {
        return new PodAction.Stop(spec, seen.id(), now.plus(grace), message);
    }

    private void startOrWait(ContainerSpec spec) {
        if (view.memory().containers().starting().contains(spec.name())) {
            return;
        }
        StartProblem problem = view.memory().containers().problems().get(spec.name());
        if (problem != null && Wait.isOn(problem.retryAt(), now)) {
            draft.requeueAt(problem.retryAt());
            problem.backsOffFrom().filter(at -> at.isAfter(now)).ifPresent(draft::requeueAt);
            return;
        }
        Optional<SeenContainer> ended = view.newest(spec.name()).filter(SeenContainer::hasExited);
        Optional<Instant> until =
                ended.filter(each -> !view.isRestarted(each))
                        .flatMap(
                                each ->
                                        CrashBackoff.waitsUntil(
                                                view.memory()
                                                        .containers()
                                                        .crashes()
                                                        .get(spec.name()),
                                                each.status().finishedAt(),
                                                now));
        if (until.isPresent()) {
            draft.add(new PodAction.CrashLoopBackOff(spec, ended.orElseThrow()));
            draft.requeueAt(until.get());
            return;
        }
        int attempt = view.newest(spec.name()).map(SeenContainer::nextAttempt).orElse(0);
        String target =
                view.current(spec.target())
                        .filter(SeenContainer::isRunning)
                        .map(SeenContainer::id)
                        .orElse("");
        draft.add(new PodAction.Start(spec, attempt, target));
    }

    private RestartPolicy policy(ContainerSpec spec) {
        return view.pod().restartPolicy(spec);
    }
}
