package dev.gantry.agent.pod;

import dev.gantry.agent.pod.PodMemory.Stage;
import dev.gantry.agent.resize.ResourceChange;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.spec.ContainerSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the running containers of a pod, and its own cgroup, come to hold what is allocated. */
final class ResizePlanner {
    private final PodView view;
    private final List<ResourceChange> changes = new ArrayList<>();
    private boolean anyRestarts;

    ResizePlanner(PodView view) {
        this.view = view;
    }

    /** Takes note of a container that runs. Returns whether it must be restarted. */
    boolean needsRestart(ContainerSpec spec, SeenContainer seen) {
        Optional<ResourceChange> change = ResourceChange.of(spec, seen.status());
        if (change.isEmpty() || isWritten(change.get())) {
            return false;
        }
        if (change.get().needsRestart()) {
            anyRestarts = true;
        } else {
            changes.add(change.get());
        }
        return change.get().needsRestart();
    }

    /** A runtime that tells late, or never, is not asked twice. */
    private boolean isWritten(ResourceChange change) {
        LinuxResources written = view.memory().resize().written().get(change.id());
        return !change.needsRestart() && change.wants().equals(written);
    }

    void plan(PlanDraft draft, Instant now) {
        PodResize resize = view.memory().resize();
        if (resize.work() instanceof Stage.UnderWay) {
            return;
        }
        if (resize.work() instanceof Stage.Failed failed && Wait.isOn(failed.retryAt(), now)) {
            draft.requeueAt(failed.retryAt());
            return;
        }
        boolean isWritten = resize.work() instanceof Stage.Ready;
        if (!changes.isEmpty() || resize.actuation().isPresent() && !isWritten) {
            draft.add(new PodAction.Resize(List.copyOf(changes)));
        } else if (resize.actuation().isPresent() && !anyRestarts) {
            draft.add(new PodAction.FinishResize());
        }
    }
}
