package dev.gantry.agent.shell.worker;

import dev.gantry.agent.edge.EdgeFault;
import dev.gantry.agent.eviction.PressureAdmission;
import dev.gantry.agent.node.NodeAbilities;
import dev.gantry.agent.node.PodAdmission;
import dev.gantry.agent.node.ResizeAdmission;
import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.pod.PodResize.Pending;
import dev.gantry.agent.resize.ResizeRequest;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.quantity.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Gives the node's resources to its pods: when they come, and when they ask for others.
 *
 * <p>Invariant: one at a time, so that no two pods are given the same room.
 */
final class NodeResources {
    private final NodeParts parts;
    private final Map<Uid, PodWorker> workers;
    private final Consumer<Uid> wake;

    NodeResources(NodeParts parts, Map<Uid, PodWorker> workers, Consumer<Uid> wake) {
        this.parts = parts;
        this.workers = workers;
        this.wake = wake;
    }

    /** Compat: a pod that was taken on before stays, however full the node is. */
    synchronized void admit(PodWorker worker) {
        boolean isNew = Resource.text(worker.pod().pod().status(), "startTime").isEmpty();
        if (!isNew || worker.pod().pod().isBeingDeleted()) {
            return;
        }
        PodSpec pod = worker.pod();
        NodeParts.Host host = parts.node();
        PressureAdmission.refusal(pod, host.pressure().get())
                .or(() -> NodeAbilities.refusal(pod, host.security(), host.features().get()))
                .or(() -> misplacement(pod, allocatedBeside(worker)))
                .ifPresent(worker::refuse);
    }

    /** Compat: labels and taints are asked for anew before a pod is refused for them. */
    private Optional<PodFailure> misplacement(PodSpec pod, List<PodSpec> others) {
        SortedMap<String, Quantity> allocatable = parts.node().facts().allocatable();
        Optional<Resource> known = parts.cluster().objects().node();
        Optional<PodFailure> found = PodAdmission.refusal(pod, others, allocatable, known);
        boolean isKnownWell = known.isPresent() && found.filter(PodAdmission::isByNode).isEmpty();
        return isKnownWell
                ? found
                : PodAdmission.refusal(pod, others, allocatable, askedNode().or(() -> known));
    }

    private Optional<Resource> askedNode() {
        try {
            var key = new ObjectKey(Resources.NODES, "", parts.node().facts().name());
            return parts.cluster().objects().get(key);
        } catch (EdgeFault away) {
            return Optional.empty();
        }
    }

    /** Judges all that ask for other resources; to be called whenever room may have come. */
    synchronized void settle() {
        record Asking(PodWorker worker, ResizeRequest request) {}
        workers.values().stream()
                .filter(PodWorker::asksForResize)
                .map(each -> new Asking(each, each.resizeRequest()))
                .sorted(Comparator.comparing(Asking::request, ResizeRequest.ORDER))
                .forEach(each -> judge(each.worker(), each.request().asking()));
    }

    private void judge(PodWorker worker, PodSpec asking) {
        Instant now = parts.clock().instant();
        Optional<Pending> obstacle =
                ResizeAdmission.obstacle(
                        asking, allocatedBeside(worker), parts.node().facts().allocatable(), now);
        boolean isNews =
                obstacle.isPresent()
                        ? worker.resizeWaits(asking, obstacle.get())
                        : worker.allocate(asking, now);
        if (isNews) {
            wake.accept(asking.uid());
        }
    }

    private List<PodSpec> allocatedBeside(PodWorker worker) {
        List<PodSpec> others = new ArrayList<>();
        workers.values().stream()
                .filter(each -> each != worker && each.isActive())
                .forEach(each -> others.add(each.allocated()));
        return others;
    }
}
