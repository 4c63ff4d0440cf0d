package dev.gantry.bench.packing;

import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.Optional;

/** Takes machines away as long as all pods still find a place. */
final class Compaction {
    private Compaction() {}

    /**
     * The least number of the cell's first machines that takes all pods, each placed for good in
     * the order in which they come.
     *
     * <p>Bisection finds a number that does where one less does not. One machine more may, seldom,
     * do harm; therefore the numbers just below are tried as well.
     */
    static int machinesNeeded(Cell cell, Profile profile) {
        int enough = cell.machines().size();
        if (!fits(cell, enough, profile)) {
            throw new IllegalStateException("the whole cell is too small for its pods");
        }
        int tooFew = 0;
        while (enough - tooFew > 1) {
            int middle = (enough + tooFew) / 2;
            if (fits(cell, middle, profile)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        int least = enough;
        for (int fewer = 1; fewer <= 3; fewer++) {
            least = fits(cell, enough - fewer, profile) ? enough - fewer : least;
        }
        return least;
    }

    static boolean fits(Cell cell, int machines, Profile profile) {
        return fill(cell, machines, profile).isPresent();
    }

    /**
     * How much of the whole cell is in use once all pods are placed, from 0 to 1: the mean of the
     * shares of its cpu and its memory that are on machines which have a pod.
     *
     * <p>Where pods hardly differ in where they fit, as those that ask for one resource alone, this
     * tells more than how few machines would do.
     */
    static double inUse(Cell cell, Profile profile) {
        ClusterSnapshot filled = fill(cell, cell.machines().size(), profile).orElseThrow();
        double[] cpu = new double[2];
        double[] memory = new double[2];
        for (NodeView each : filled.rows()) {
            int used = each.pods() > 0 ? 1 : 0;
            cpu[used] += each.allocatableMilliCpu();
            memory[used] += each.allocatableMemory();
        }
        return (cpu[1] / (cpu[0] + cpu[1]) + memory[1] / (memory[0] + memory[1])) / 2;
    }

    /** Empty where a pod finds no place. */
    private static Optional<ClusterSnapshot> fill(Cell cell, int machines, Profile profile) {
        var snapshot = new ClusterSnapshot();
        cell.machines().subList(0, machines).forEach(snapshot::putNode);
        var scheduler = new RankedScheduler(profile);
        for (PodInfo pod : cell.pods()) {
            if (!(scheduler.place(pod, snapshot) instanceof Placement.Placed placed)) {
                return Optional.empty();
            }
            snapshot.place(placed.pod(), placed.node());
        }
        return Optional.of(snapshot);
    }
}
