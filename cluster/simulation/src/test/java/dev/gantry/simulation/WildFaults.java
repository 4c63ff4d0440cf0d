package dev.gantry.simulation;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/**
 * Namesakes of pods and nodes that come while words about the old ones are on their way, pods that
 * stay behind when their node goes, pods that end by themselves, and a clock that somebody sets.
 */
final class WildFaults {
    private final Random luck;
    private final SimulatedState state;
    private boolean isOver;

    WildFaults(Random luck, SimulatedState state) {
        this.luck = luck;
        this.state = state;
    }

    /** From now on only what was left behind is cleared away. */
    void end() {
        isOver = true;
    }

    void step() {
        for (Resource each : state.list(SimulatedState.PODS)) {
            if (isStranded(each) && luck.nextInt(4) == 0) {
                state.drop(each.key(SimulatedState.PODS));
            }
        }
        if (!isOver && luck.nextInt(10) == 0) {
            befall();
        }
    }

    /** What the collector of pods looks for: a node that is no more. */
    private boolean isStranded(Resource pod) {
        String node = SchedulingWorld.nodeOf(pod);
        return !node.isEmpty()
                && state.get(new ObjectKey(SimulatedState.NODES, "", node)).isEmpty();
    }

    private void befall() {
        switch (luck.nextInt(6)) {
            case 0, 1 -> any(SimulatedState.PODS).ifPresent(this::replacePod);
            case 2 -> any(SimulatedState.NODES).ifPresent(this::replaceNode);
            case 3 -> any(SimulatedState.NODES).ifPresent(node -> state.drop(nodeKey(node)));
            case 4 -> any(SimulatedState.PODS).ifPresent(this::finish);
            default -> state.setClockBy(Duration.ofSeconds(luck.nextInt(1200) - 600));
        }
    }

    private Optional<Resource> any(GroupResource resource) {
        List<Resource> all = state.list(resource);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(luck.nextInt(all.size())));
    }

    /** As a StatefulSet's controller does it, or one of a gang; only its priority is another. */
    private void replacePod(Resource pod) {
        state.drop(pod.key(SimulatedState.PODS));
        Resource next = pod.copy();
        next.mutableMetadata().remove(List.of("uid", "resourceVersion", "deletionTimestamp"));
        ObjectNode spec = (ObjectNode) next.spec();
        spec.remove("nodeName");
        if (SchedulingWorld.gang(pod).isEmpty()) {
            spec.put("priorityClassName", "p" + luck.nextInt(3) * 10);
            spec.remove("priority");
        }
        next.tree().putObject("status").put("phase", "Pending");
        state.create(SimulatedState.PODS, next);
    }

    /** A machine that was set up anew: its pods are still said to be there. */
    private void replaceNode(Resource node) {
        state.drop(nodeKey(node));
        state.createReadyNode(node.name());
    }

    private void finish(Resource pod) {
        if (!SchedulingWorld.nodeOf(pod).isEmpty() && SchedulingWorld.gang(pod).isEmpty()) {
            Resource done = pod.copy();
            Resource.child(done.tree(), "status").put("phase", "Succeeded");
            state.putStatus(SimulatedState.PODS, done);
        }
    }

    private static ObjectKey nodeKey(Resource node) {
        return node.key(SimulatedState.NODES);
    }
}
