package dev.gantry.agent.shell.worker;

import dev.gantry.agent.edge.PodEvent;
import dev.gantry.agent.pod.PodResize;
import dev.gantry.agent.pod.PodResize.Actuation;
import dev.gantry.agent.pod.PodView;
import dev.gantry.agent.resize.AllocatedResources;
import dev.gantry.agent.resize.ResizeRequest;
import dev.gantry.agent.resize.ResizeSummary;
import dev.gantry.agent.spec.PodSpec;
import java.time.Instant;
import java.util.Optional;

/** The resources that one pod asks for, what it was allocated of them, and how far a resize is. */
final class PodAllocation {
    private final NodeParts parts;
    private final WorkerMemory memory;
    private volatile PodSpec pod;
    private volatile PodSpec allocated;
    private AllocatedResources given;

    PodAllocation(NodeParts parts, WorkerMemory memory, PodSpec pod) {
        this.parts = parts;
        this.memory = memory;
        this.pod = pod;
        this.allocated = pod;
        this.given = AllocatedResources.of(pod);
    }

    /** As the API has it. */
    PodSpec pod() {
        return pod;
    }

    /** With the resources that it was given: the same one where it asks for no others. */
    PodSpec allocated() {
        return allocated;
    }

    synchronized void become(PodSpec newer) {
        pod = newer;
        allocated = given.appliedTo(newer);
    }

    boolean isAskedToChange() {
        return allocated != pod || memory.resize().pending().isPresent();
    }

    synchronized ResizeRequest request() {
        return new ResizeRequest(
                pod, allocated, memory.resize().pending().map(PodResize.Pending::since));
    }

    /** Returns whether that is news. */
    boolean waits(PodSpec asking, PodResize.Pending why) {
        if (memory.resize().saysAlready(why)) {
            return false;
        }
        memory.resize(before -> before.waits(why));
        String what = "Resize" + why.reason();
        record(asking, true, what, "Pod resize " + why.reason(), why.message());
        return true;
    }

    /** Returns whether it had something else so far. */
    boolean give(PodSpec asking, Instant now) {
        long generation = asking.pod().generation();
        synchronized (this) {
            AllocatedResources wanted = AllocatedResources.of(asking);
            if (wanted.equals(given)) {
                memory.resize(PodResize::waitsNoMore);
                return false;
            }
            given = wanted;
            allocated = wanted.appliedTo(pod);
            memory.resize(before -> before.begins(new Actuation("", generation, now)));
        }
        record(asking, false, "ResizeStarted", "Pod resize started", "");
        return true;
    }

    /**
     * What was given is in force. Where another change began meanwhile, that goes on.
     *
     * @param view by which that was seen
     */
    void isActuated(PodView view) {
        Optional<Actuation> done = view.memory().resize().actuation();
        PodResize after =
                memory.resize(before -> before.actuation().equals(done) ? before.isDone() : before);
        if (after.actuation().isEmpty()) {
            record(view.pod(), false, "ResizeCompleted", "Pod resize completed", "");
        }
    }

    private void record(PodSpec of, boolean isWarning, String reason, String words, String error) {
        String message = ResizeSummary.of(words, of, of.pod().generation(), error);
        parts.record(new PodEvent(of, "", isWarning, reason, message));
    }
}
