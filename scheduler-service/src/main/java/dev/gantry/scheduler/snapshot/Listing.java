package dev.gantry.scheduler.snapshot;

import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.topology.Namespaces;
import java.util.List;

/**
 * A snapshot taken apart: what its owner hands to another thread, which puts it together again.
 *
 * <p>Cost: to list 5,000 nodes and 50,000 pods takes their owner a millisecond or two; to rebuild
 * them takes a hundred times as long, and only the thread that asked waits for that.
 *
 * <p>Invariant: nothing in it changes. Nodes and pods are in no particular order.
 */
public final class Listing {
    private final List<NodeFacts> nodes;
    private final List<PlacedPod> pods;
    private final Namespaces namespaces;
    private final VolumesAndDevices needed;

    Listing(
            List<NodeFacts> nodes,
            List<PlacedPod> pods,
            Namespaces namespaces,
            VolumesAndDevices needed) {
        this.nodes = nodes;
        this.pods = pods;
        this.namespaces = namespaces;
        this.needed = needed;
    }

    /** The same whatever order things came in. */
    public ClusterSnapshot rebuild() {
        return ClusterSnapshot.of(this);
    }

    List<NodeFacts> nodes() {
        return nodes;
    }

    List<PlacedPod> pods() {
        return pods;
    }

    Namespaces namespaces() {
        return namespaces;
    }

    VolumesAndDevices needed() {
        return needed;
    }
}
