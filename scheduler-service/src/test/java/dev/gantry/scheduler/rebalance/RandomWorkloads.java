package dev.gantry.scheduler.rebalance;

import dev.gantry.scheduler.placement.profile.Profiles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What random tests of rebalancing have in common: some workloads may not move, some spread. */
final class RandomWorkloads {
    static final Profiles PROFILES =
            Profiles.of(
                    Map.of("apart.strategy", "spreading", "apart.default-spread", "zone=1,host=2"),
                    Profiles.PACKING);

    private static final String FIXED = "fixed";

    private RandomWorkloads() {}

    /** Of any mode. */
    static RebalanceSettings settings(
            Random random, int movesPerMinute, int mostAtOnce, Duration settle) {
        List<String> modes = List.of("empty-nodes", "restore-spread", "both");
        return RebalanceSettings.of(
                Map.of(
                        "mode", modes.get(random.nextInt(modes.size())),
                        "moves-per-minute", Integer.toString(movesPerMinute),
                        "most-at-once", Integer.toString(mostAtOnce),
                        "settle-seconds", Long.toString(settle.toSeconds())));
    }

    /** One in eight is called fixed, and is. */
    static String name(int number, Random random) {
        return (random.nextInt(8) == 0 ? FIXED : "w") + number;
    }

    /** More of it, for pods of the workload. */
    static String metadata(String workload, Random random) {
        if (workload.startsWith(FIXED)) {
            return ",'annotations':{'gantry.dev/rebalance':'false'}";
        }
        return random.nextInt(3) == 0
                ? ",'annotations':{'gantry.dev/scheduling-profile':'apart'}"
                : "";
    }

    static String spec(String workload, Random random) {
        String how = random.nextBoolean() ? "DoNotSchedule" : "ScheduleAnyway";
        String key = random.nextBoolean() ? "zone" : "host";
        String spread =
                ",'topologySpreadConstraints':[{'maxSkew':%d,'topologyKey':'%s','whenUnsatisfiable':'%s',"
                                .formatted(1 + random.nextInt(2), key, how)
                        + "'labelSelector':{'matchLabels':{'app':'%s'}}}]".formatted(workload);
        String apart =
                ",'affinity':{'podAntiAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':["
                        + "{'weight':50,'podAffinityTerm':{'topologyKey':'host','labelSelector':"
                        + "{'matchLabels':{'app':'%s'}}}}]}}".formatted(workload);
        return switch (random.nextInt(4)) {
            case 0 -> spread;
            case 1 -> apart;
            default -> "";
        };
    }
}
