package dev.gantry.bench.workload;

/** How many nodes there are, pods that exist before, and pods that are measured. */
public record Sizes(int nodes, int existing, int pods) {
    /** Numbers below zero mean: as it was. */
    public Sizes with(int otherNodes, int otherExisting, int otherPods) {
        return new Sizes(
                otherNodes < 0 ? nodes : otherNodes,
                otherExisting < 0 ? existing : otherExisting,
                otherPods < 0 ? pods : otherPods);
    }
}
