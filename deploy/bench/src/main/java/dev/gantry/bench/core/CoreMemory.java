package dev.gantry.bench.core;

import dev.gantry.bench.workload.PodForm;
import dev.gantry.bench.workload.Sizes;
import dev.gantry.bench.workload.Workload;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.ArrayList;
import java.util.List;

/**
 * What nodes and pods cost, by what the heap grows by. What was read of an object and what the
 * snapshot needs beyond it are measured apart.
 */
record CoreMemory(double factsPerNode, double perNode, double demandPerPod, double perPod) {
    private static final int PODS_PER_NODE = 10;
    private static final int PODS = 100_000;

    static CoreMemory measure(Workload workload, int nodes, ImageStock images) {
        long before = used();
        List<NodeFacts> facts = new ArrayList<>(nodes);
        for (int i = 0; i < nodes; i++) {
            facts.add(CoreCluster.node(workload, i, images.of(i)));
        }
        long withFacts = used();
        var snapshot = new ClusterSnapshot();
        facts.forEach(snapshot::putNode);
        long withNodes = used();
        int pods = Math.min(PODS, nodes * PODS_PER_NODE);
        List<PodSighting> sightings = new ArrayList<>(pods);
        for (int i = 0; i < pods; i++) {
            sightings.add(CoreCluster.measured(PodForm.PLAIN, new Sizes(nodes, 0, pods), i));
        }
        long withSightings = used();
        for (int i = 0; i < pods; i++) {
            snapshot.place(sightings.get(i).info(), facts.get(i % nodes).name());
        }
        long withPods = used();
        require(snapshot.nodeCount() == nodes && snapshot.podCount() == sightings.size());
        return new CoreMemory(
                (withFacts - before) / (double) nodes,
                (withNodes - withFacts) / (double) nodes,
                (withSightings - withNodes) / (double) pods,
                (withPods - withSightings) / (double) pods);
    }

    /** Also keeps what was measured alive until then. */
    private static void require(boolean isComplete) {
        if (!isComplete) {
            throw new IllegalStateException("the snapshot lost what was put into it");
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
