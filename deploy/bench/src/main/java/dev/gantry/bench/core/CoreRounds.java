package dev.gantry.bench.core;

import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.SchedulerInput;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.placement.profile.Profile;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Places the same pods onto the same cluster, again and again, always from the beginning. */
final class CoreRounds {
    private static final int BATCH = 256;

    private final CoreCluster cluster;
    private final Profile profile;
    private final Map<Uid, PodSighting> byUid = new HashMap<>();

    CoreRounds(CoreCluster cluster, Profile profile) {
        this.cluster = cluster;
        this.profile = profile;
        cluster.waiting().forEach(pod -> byUid.put(pod.info().uid(), pod));
    }

    /** What one round came to. */
    record Outcome(int placed, double seconds) {
        double podsPerSecond() {
            return placed / seconds;
        }
    }

    /** Scheduler and snapshot alone: filter, score, choose, explain, take the space. */
    Outcome place() {
        ClusterSnapshot snapshot = cluster.snapshot();
        var scheduler = new RankedScheduler(profile);
        List<PodSighting> waiting = cluster.waiting();
        int placed = 0;
        long began = System.nanoTime();
        for (PodSighting pod : waiting) {
            if (scheduler.place(pod.info(), snapshot) instanceof Placement.Placed found) {
                snapshot.place(found.pod(), found.node());
                placed++;
                cluster.changeAfter(placed).ifPresent(snapshot::putNode);
            }
        }
        return new Outcome(placed, (System.nanoTime() - began) / 1e9);
    }

    /** The whole core: queue, decision, message, and the news that the pod is bound. */
    Outcome cycle() {
        var cycle = new SchedulingCycle("default-scheduler", profile);
        Instant now = Instant.EPOCH;
        cluster.inputs().forEach(each -> cycle.hear(each, now));
        int placed = 0;
        long began = System.nanoTime();
        cluster.measured().forEach(pod -> cycle.hear(new SchedulerInput.PodSeen(pod), now));
        while (cycle.hasWork()) {
            for (Binding binding : cycle.decide(BATCH, now)) {
                if (!binding.node().isEmpty()) {
                    placed++;
                    cycle.hear(bound(binding), now);
                    cluster.changeAfter(placed)
                            .ifPresent(node -> cycle.hear(new SchedulerInput.NodeSeen(node), now));
                }
            }
        }
        return new Outcome(placed, (System.nanoTime() - began) / 1e9);
    }

    private SchedulerInput bound(Binding binding) {
        PodSighting pod = Objects.requireNonNull(byUid.get(binding.uid()));
        return new SchedulerInput.PodSeen(pod.boundTo(binding.node()));
    }
}
