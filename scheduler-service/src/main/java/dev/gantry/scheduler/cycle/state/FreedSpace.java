package dev.gantry.scheduler.cycle.state;

import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.reply.Nominations;
import dev.gantry.scheduler.cycle.reply.Nominations.Nomination;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeView;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives back the space of pods and of nominations for good, and wakes the pods that could use it.
 *
 * <p>Invariant: space is given back for good only through here, so that no pod that could use it is
 * forgotten.
 */
final class FreedSpace {
    private final ClusterSnapshot snapshot;
    private final Nominations nominations;
    private final Space space;
    private final WaitingPods waiting;
    private final Hints hints;
    private final Placer placer;

    FreedSpace(Space space, WaitingPods waiting, Hints hints, Placer placer) {
        this.snapshot = space.snapshot();
        this.nominations = space.nominations();
        this.space = space;
        this.waiting = waiting;
        this.hints = hints;
        this.placer = placer;
    }

    /** Takes the pod off its node, if it has one. */
    void giveBack(Uid uid, Instant now) {
        Optional<PlacedPod> before = snapshot.pod(uid);
        snapshot.remove(uid);
        if (before.isPresent()) {
            wakeNominated(before.get().node(), now);
            hints.left(before.get(), now);
        }
    }

    /** The pod, if it was nominated, is no more. Whether victims leave for it, the feed shows. */
    void endNomination(Uid uid) {
        nominations
                .remove(uid)
                .filter(Nomination::isUnderway)
                .ifPresent(each -> space.restore(each.victims()));
    }

    /** A reservation gives way: its pod is tried again at once. */
    void takeBack(Nomination reservation, Instant now) {
        drop(reservation, now);
        waiting.wakeAtOnce(reservation.pod().uid(), now);
    }

    /** A nomination holds no more: its pod waits without it. */
    void withdraw(Nomination nomination, Instant now) {
        drop(nomination, now);
        waiting.addIfCurrent(nomination.pod(), now);
        waiting.wakeAtOnce(nomination.pod().uid(), now);
    }

    /** The victims of the nomination stay. */
    private void drop(Nomination dropped, Instant now) {
        nominations.remove(dropped.pod().uid());
        space.restore(dropped.victims());
        giveBack(dropped.pod().uid(), now);
    }

    /** Wakes those of the pods nominated to this node that fit it now. */
    void wakeNominated(String name, Instant now) {
        Optional<NodeView> node = snapshot.node(name);
        if (node.isEmpty()) {
            return;
        }
        for (Nomination each : nominations.on(name)) {
            if (placer.fitsAgain(each.pod(), node.get())) {
                waiting.wakeAtOnce(each.pod().uid(), now);
            }
        }
    }
}
