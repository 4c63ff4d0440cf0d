package dev.gantry.agent.pod;

import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.ContainerSpec.Role;
import java.time.Instant;
import java.util.List;

/**
 * How all containers of a pod start again in its sandbox, with its volumes as they are.
 *
 * <pre>
 *   one ends by such a rule ──► all are killed ──► the others are removed ──► it is removed ──► as a new pod
 * </pre>
 *
 * <p>Invariant: what asked for it goes last, and nothing is started before. So it goes on wherever
 * an agent begins, and nothing but the containers themselves has to be remembered.
 *
 * <p>Compat: {@code getContainersToReset} of {@code pkg/kubelet/kuberuntime}. No hook runs, of the
 * grace there is the least, no back-off follows, and ephemeral containers run on.
 */
final class RestartAllPlanner {
    private final PodView view;
    private final PlanDraft draft;

    RestartAllPlanner(PodView view, PlanDraft draft) {
        this.view = view;
        this.draft = draft;
    }

    void plan(Instant now) {
        List<SeenContainer> all =
                view.containers().stream()
                        .filter(each -> !each.isLost() && startsAgain(each))
                        .toList();
        List<SeenContainer> running = all.stream().filter(SeenContainer::isRunning).toList();
        Instant deadline = now.plus(StopPlanner.LEAST_GRACE);
        running.stream()
                .filter(each -> !view.endsBy(each, deadline))
                .forEach(each -> draft.add(stop(each, deadline)));
        if (!running.isEmpty() || !view.memory().containers().starting().isEmpty()) {
            return;
        }
        List<SeenContainer> others = all.stream().filter(each -> !view.asksForAll(each)).toList();
        (others.isEmpty() ? all : others)
                .forEach(each -> draft.add(new PodAction.RemoveContainer(each)));
        draft.requeueAt(now);
    }

    private boolean startsAgain(SeenContainer container) {
        return view.pod()
                .container(container.name())
                .filter(spec -> spec.role() != Role.EPHEMERAL)
                .isPresent();
    }

    private PodAction.Stop stop(SeenContainer container, Instant deadline) {
        ContainerSpec spec = StopPlanner.specOf(view, container).withoutHooks();
        String message = "Stopping container " + container.name();
        return new PodAction.Stop(spec, container.id(), deadline, message);
    }
}
