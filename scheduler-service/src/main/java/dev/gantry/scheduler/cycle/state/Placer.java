package dev.gantry.scheduler.cycle.state;

import dev.gantry.model.effect.Effect;
import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.Placement.Placed;
import dev.gantry.scheduler.placement.Placement.Unplaced;
import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.placement.profile.Profiles;
import dev.gantry.scheduler.plugin.Consequences;
import dev.gantry.scheduler.preemption.Budgets;
import dev.gantry.scheduler.preemption.Preemption;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.Absence;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks the rules of the profiles about the snapshot as it is now. Changes nothing. */
public final class Placer {
    private final ClusterSnapshot snapshot;
    private final Profiles profiles;
    private final RankedScheduler scheduler;
    private final Preemption preemption;

    public Placer(ClusterSnapshot snapshot, Profiles profiles, Budgets budgets) {
        this.snapshot = snapshot;
        this.profiles = profiles;
        this.scheduler = new RankedScheduler(profiles);
        this.preemption = new Preemption(profiles, budgets);
    }

    public RankedScheduler scheduler() {
        return scheduler;
    }

    /** Whether pods that name this scheduler are ours because a profile is called so. */
    public boolean serves(String schedulerName) {
        return profiles.serves(schedulerName);
    }

    /** The name of the profile that places the pod. */
    public String profileOf(PodInfo pod) {
        return profiles.nameFor(pod, snapshot);
    }

    /** How long the pod waits on its node until others have done their part there. */
    public Duration patienceFor(PodInfo pod) {
        return profiles.named(profileOf(pod)).patience();
    }

    public Placement place(PodInfo pod) {
        return scheduler.place(pod, snapshot);
    }

    /** The pod on just this node; empty where it does not fit there. */
    public Optional<Placement> placeOn(String node, PodInfo pod) {
        return scheduler.placeOn(node, pod, snapshot);
    }

    /** Whether a pod that takes space on the node already would fit it now. */
    public boolean fitsAgain(PodInfo pod, NodeView node) {
        try (var absence = new Absence(node)) {
            absence.leave(pod);
            return scheduler.fits(pod.signature(), List.of(pod.key().namespace()), node, snapshot);
        }
    }

    /** What the placement writes besides the pod. */
    public Consequences consequences(Placed placed) {
        PodInfo pod = placed.pod();
        return !pod.mayHaveConsequences()
                ? Consequences.NONE
                : snapshot.node(placed.node())
                        .map(node -> scheduler.consequences(pod, node, snapshot))
                        .orElse(Consequences.NONE);
    }

    /** What could be written so that the pod may fit later. */
    public Optional<Effect> relief(Unplaced unplaced) {
        return scheduler.relief(unplaced, snapshot);
    }

    /** Which pods would have to leave for this one to fit. */
    public Preemption.Answer searchVictims(PodInfo pod) {
        return preemption.search(pod, snapshot);
    }

    /** Whether the pod would not fit the node even if all pods left it. */
    public boolean isHopeless(PodInfo pod, NodeView node) {
        return preemption.isHopeless(pod, node, snapshot);
    }
}
