package dev.gantry.bench.packing;

import dev.gantry.bench.report.Report;
import dev.gantry.bench.report.Samples;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.plugin.noderesources.MostAllocated;
import dev.gantry.scheduler.plugin.podtopologyspread.DefaultConstraints;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * {@code bench schedule --packing}: machines needed under three profiles, and how much of a cell
 * with room to spare is in use, pods of one kind after those of another; medians over seeds.
 */
public final class PackingBench {
    private static final int SEEDS = 11;

    /** The highest score wins and nothing else counts: what kube-scheduler is often told to do. */
    static final Profile MOST_ALLOCATED =
            new Profile(
                    Profile.PACKING.filters(),
                    Profile.PACKING.relations(),
                    List.of(
                            new Profile.WeightedScore(
                                    new MostAllocated(new TreeMap<>(Map.of("cpu", 1, "memory", 1))),
                                    1)),
                    List.of(),
                    DefaultConstraints.NONE,
                    0,
                    Profile.PACKING.patience());

    private PackingBench() {}

    public static Report measure() {
        Report report =
                new Report("schedule")
                        .fact("measured", "machines, by cell compaction, medians of 11 seeds");
        List<Double> packing = needed(Mix.ALL_KINDS, Profile.PACKING);
        List<Double> spreading = needed(Mix.ALL_KINDS, Profile.SPREADING);
        List<Double> mostAllocated = needed(Mix.ALL_KINDS, MOST_ALLOCATED);
        report.add("machines", "machines, default profile", Samples.median(packing), "")
                .add("machinesSpreading", "spreading", Samples.median(spreading), "")
                .add("machinesMostAllocated", "MostAllocated", Samples.median(mostAllocated), "")
                .add("toSpreading", "default / spreading", ratio(packing, spreading), "")
                .add(
                        "toMostAllocated",
                        "default / MostAllocated",
                        ratio(packing, mostAllocated),
                        "");
        for (Mix mix : Mix.values()) {
            List<Double> ours = overSeeds(mix, cell -> Compaction.inUse(cell, Profile.PACKING));
            List<Double> others = overSeeds(mix, cell -> Compaction.inUse(cell, MOST_ALLOCATED));
            report.add(
                    "inUseToMostAllocated." + mix.key(),
                    "in use / by MostAllocated, " + mix.text(),
                    ratio(ours, others),
                    "");
        }
        return report;
    }

    private static List<Double> needed(Mix mix, Profile profile) {
        return overSeeds(mix, cell -> (double) Compaction.machinesNeeded(cell, profile));
    }

    private static List<Double> overSeeds(Mix mix, ToDoubleFunction<Cell> measured) {
        return LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> measured.applyAsDouble(Cell.of(seed, mix)))
                .toList();
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
