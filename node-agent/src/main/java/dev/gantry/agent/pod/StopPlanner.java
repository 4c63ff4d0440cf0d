package dev.gantry.agent.pod;

import dev.gantry.agent.pod.PodMemory.Stage;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.ContainerSpec.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * How a pod ends: main containers, then sidecars in reverse order, all within one grace; then the
 * sandbox; then the volumes; and where the pod is deleted, everything else. Of one that only ended,
 * containers and their logs stay for as long as the disk has room for them.
 */
final class StopPlanner {
    /**
     * Compat: {@code minimumGracePeriodInSeconds}: even a sidecar that comes last gets a moment.
     */
    static final Duration LEAST_GRACE = Duration.ofSeconds(2);

    private final PodView view;
    private final PlanDraft draft;

    StopPlanner(PodView view, PlanDraft draft) {
        this.view = view;
        this.draft = draft;
    }

    void plan(Instant now) {
        if (view.anythingRuns()) {
            stopContainers(now);
            return;
        }
        boolean isBusy =
                !view.memory().containers().starting().isEmpty()
                        || view.memory().sandbox() instanceof Stage.UnderWay
                        || view.memory().volumes() instanceof Stage.UnderWay;
        if (isBusy) {
            return;
        }
        boolean allStopped = view.sandboxes().stream().noneMatch(PodSandbox::isReady);
        if (!allStopped) {
            view.sandboxes().stream()
                    .filter(PodSandbox::isReady)
                    .forEach(each -> draft.add(new PodAction.StopSandbox(each.id())));
            return;
        }
        release(now);
    }

    private void release(Instant now) {
        boolean isDeleted = !view.isKnown() || view.pod().pod().isBeingDeleted();
        switch (view.memory().volumes()) {
            case Stage.Gone _, Stage.Collected _ when isDeleted ->
                    draft.add(new PodAction.RemovePod());
            case Stage.Gone _ -> {}
            case Stage.Collected _ -> collect();
            case Stage.Failed failed when Wait.isOn(failed.retryAt(), now) ->
                    draft.requeueAt(failed.retryAt());
            case Stage.Absent _, Stage.Ready _, Stage.Failed _, Stage.UnderWay _ ->
                    draft.add(new PodAction.ReleaseVolumes());
        }
    }

    private void collect() {
        view.containers().stream()
                .filter(each -> !each.isLost())
                .forEach(each -> draft.add(new PodAction.RemoveContainer(each)));
        view.sandboxes().forEach(each -> draft.add(new PodAction.RemoveSandbox(each.id())));
    }

    private void stopContainers(Instant now) {
        Instant since = view.memory().stopSince().orElse(now);
        Instant deadline = since.plus(view.grace());
        List<SeenContainer> running =
                view.containers().stream().filter(SeenContainer::isRunning).toList();
        List<SeenContainer> first = running.stream().filter(each -> !isSidecar(each)).toList();
        if (!first.isEmpty()) {
            first.forEach(each -> stop(each, deadline));
            return;
        }
        List<ContainerSpec> sidecars = view.pod().inits().reversed();
        for (ContainerSpec sidecar : sidecars) {
            var last =
                    running.stream().filter(each -> each.name().equals(sidecar.name())).findFirst();
            if (last.isPresent()) {
                Instant least = now.plus(LEAST_GRACE);
                boolean isHurried = view.grace().isZero();
                stop(last.get(), isHurried || deadline.isAfter(least) ? deadline : least);
                return;
            }
        }
    }

    private boolean isSidecar(SeenContainer container) {
        return view.pod()
                .container(container.name())
                .filter(spec -> spec.role() == Role.SIDECAR)
                .isPresent();
    }

    /** Asked again only where the deadline came closer: a shorter grace was asked for. */
    private void stop(SeenContainer container, Instant deadline) {
        if (!view.endsBy(container, deadline)) {
            ContainerSpec spec = specOf(view, container);
            draft.add(
                    new PodAction.Stop(
                            spec, container.id(), deadline, "Stopping container " + spec.name()));
        }
    }

    /** A container that the spec does not name any more has no hooks, but a name. */
    static ContainerSpec specOf(PodView view, SeenContainer container) {
        return view.pod()
                .container(container.name())
                .orElseGet(
                        () ->
                                new ContainerSpec(
                                        JsonNodeFactory.instance
                                                .objectNode()
                                                .put("name", container.name()),
                                        Role.MAIN));
    }
}
