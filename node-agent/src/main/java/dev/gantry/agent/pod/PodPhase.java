package dev.gantry.agent.pod;

import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.ContainerSpec.Role;
import dev.gantry.model.meta.Resource;
import java.util.Optional;

/** Where a pod is in its life. */
public enum PodPhase {
    PENDING("Pending"),
    RUNNING("Running"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed");

    private final String wire;

    PodPhase(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    public boolean isOver() {
        return this == SUCCEEDED || this == FAILED;
    }

    /**
     * The phase that the containers show.
     *
     * <p>Compat: {@code getPhase} of {@code pkg/kubelet/kubelet_pods.go}.
     */
    public static PodPhase of(PodView view) {
        if (view.memory().failure().isPresent()) {
            return FAILED;
        }
        String stored = Resource.text(view.pod().pod().status(), "phase");
        if (stored.equals(FAILED.wire) || stored.equals(SUCCEEDED.wire)) {
            return stored.equals(FAILED.wire) ? FAILED : SUCCEEDED;
        }
        if (view.pod().inits().stream().anyMatch(each -> hasFailedForGood(view, each))) {
            return FAILED;
        }
        if (!view.hasInitialized() && !wasInitialized(view)) {
            return PENDING;
        }
        return ofMains(view);
    }

    private static boolean hasFailedForGood(PodView view, ContainerSpec init) {
        return init.role() == Role.INIT
                && view.newest(init.name())
                        .filter(SeenContainer::hasExited)
                        .filter(each -> each.status().exitCode() != 0)
                        .filter(each -> !view.comesBack(init, each))
                        .isPresent();
    }

    /**
     * A pod keeps its phase while its containers come back, because its sandbox died or all of them
     * start again.
     *
     * <p>Compat: but for the time in which an init container runs.
     */
    private static boolean wasInitialized(PodView view) {
        return view.pod().mains().stream().allMatch(each -> view.newest(each.name()).isPresent())
                && view.pod().inits().stream()
                        .noneMatch(each -> each.role() == Role.INIT && view.isRunning(each.name()));
    }

    private static PodPhase ofMains(PodView view) {
        int running = 0;
        int stopped = 0;
        int succeeded = 0;
        boolean comesBack = false;
        for (ContainerSpec each : view.pod().mains()) {
            Optional<SeenContainer> last = view.newest(each.name()).filter(PodPhase::everStarted);
            if (last.isEmpty()) {
                return PENDING;
            }
            if (last.get().isRunning()) {
                running++;
                continue;
            }
            int exitCode = last.get().status().exitCode();
            stopped++;
            succeeded += exitCode == 0 ? 1 : 0;
            comesBack |= view.comesBack(each, last.get());
        }
        if (running > 0) {
            return RUNNING;
        }
        boolean isEnding = view.pod().pod().isBeingDeleted() || !view.isKnown();
        if (comesBack && !isEnding) {
            return RUNNING;
        }
        return stopped == succeeded ? SUCCEEDED : FAILED;
    }

    private static boolean everStarted(SeenContainer container) {
        return container.isRunning() || container.hasExited();
    }
}
