package dev.gantry.bench.packing;

import dev.gantry.bench.report.Report;
import dev.gantry.bench.report.Samples;
import dev.gantry.scheduler.placement.Profile;
import dev.gantry.scheduler.placement.score.MostAllocated;
import java.util.ArrayList;
import java.util.List;

/** {@code bench schedule --packing}: machines needed under three profiles, medians over seeds. */
public final class PackingBench {
    private static final int SEEDS = 11;

    /** The highest score wins and nothing else counts: what kube-scheduler is often told to do. */
    private static final Profile MOST_ALLOCATED =
            new Profile(
                    Profile.PACKING.filters(),
                    Profile.PACKING.relations(),
                    List.of(new Profile.Weighted(new MostAllocated(), 1)),
                    List.of(),
                    0);

    private PackingBench() {}

    public static Report measure() {
        List<Double> packing = new ArrayList<>();
        List<Double> spreading = new ArrayList<>();
        List<Double> mostAllocated = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            Cell cell = Cell.of(seed);
            packing.add((double) Compaction.machinesNeeded(cell, Profile.PACKING));
            spreading.add((double) Compaction.machinesNeeded(cell, Profile.SPREADING));
            mostAllocated.add((double) Compaction.machinesNeeded(cell, MOST_ALLOCATED));
        }
        return new Report("schedule")
                .fact("measured", "machines needed, by cell compaction, medians of 11 seeds")
                .add("machines", "machines, default profile", Samples.median(packing), "")
                .add("machinesSpreading", "spreading", Samples.median(spreading), "")
                .add("machinesMostAllocated", "MostAllocated", Samples.median(mostAllocated), "")
                .add("toSpreading", "default / spreading", ratio(packing, spreading), "")
                .add(
                        "toMostAllocated",
                        "default / MostAllocated",
                        ratio(packing, mostAllocated),
                        "");
    }

    /** Each seed has its own ratio: the median is taken of those. */
    private static double ratio(List<Double> ours, List<Double> others) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(ours.get(i) / others.get(i));
        }
        return Samples.median(ratios);
    }
}
