package dev.gantry.scheduler.cycle.state;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.reply.Nominations;
import dev.gantry.scheduler.cycle.reply.Nominations.Nomination;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which pods take space on which node, or are nominated to one. Wakes no pod: what gives space back
 * for good goes through {@link FreedSpace}.
 */
public final class Space {
    private final ClusterSnapshot snapshot;
    private final Nominations nominations;

    public Space(ClusterSnapshot snapshot, Nominations nominations) {
        this.snapshot = snapshot;
        this.nominations = nominations;
    }

    ClusterSnapshot snapshot() {
        return snapshot;
    }

    Nominations nominations() {
        return nominations;
    }

    public Optional<Nomination> nomination(Uid uid) {
        return nominations.find(uid);
    }

    /** The nominations that give way to this priority. */
    public List<Nomination> below(int priority) {
        return nominations.below(priority);
    }

    /** Takes the pod's own nomination off, so that it does not stand in its own way. */
    public Optional<Nomination> lift(Uid uid) {
        Optional<Nomination> own = nominations.remove(uid);
        own.ifPresent(each -> snapshot.remove(uid));
        return own;
    }

    /** Keeps the space of a pod that was lifted, or is nominated by another. */
    public void keep(Nomination nomination) {
        snapshot.nominate(nomination.pod(), nomination.node());
        nominations.add(nomination);
    }

    /** Keeps the pod's space on the node, and lets the victims count as leaving. */
    public void nominate(
            PodInfo pod, String node, List<PlacedPod> victims, Binding binding, Instant now) {
        snapshot.nominate(pod, node);
        markLeaving(victims);
        nominations.add(new Nomination(pod, node, victims, Optional.of(binding), now, false));
    }

    public void markLeaving(List<PlacedPod> victims) {
        victims.forEach(each -> snapshot.place(each.pod().makingWay(), each.node()));
    }

    /** As if these pods were not there, until they are kept again. */
    public void setAside(List<Nomination> reservations) {
        reservations.forEach(each -> snapshot.setAside(each.pod().uid()));
    }

    /** The pods that were set aside take their space again. */
    public void putBack(List<Nomination> reservations) {
        reservations.forEach(each -> snapshot.nominate(each.pod(), each.node()));
    }

    /** The pod takes space on the node. */
    public void place(PodInfo pod, String node) {
        snapshot.place(pod, node);
    }

    /** What the placement of the pod writes besides it counts from now on. */
    public void reserve(Uid pod, List<Effect> effects) {
        snapshot.reserve(pod, effects);
    }

    /** Takes a pod off again that was put somewhere to try it; no other pod is woken. */
    public void vacate(Uid uid) {
        snapshot.remove(uid);
    }

    /**
     * Pods that we had marked as leaving stay. One that has been seen or placed anew since, maybe
     * elsewhere, no longer has our mark.
     */
    public void restore(List<PlacedPod> victims) {
        for (PlacedPod each : victims) {
            Optional<PlacedPod> now = snapshot.pod(each.pod().uid());
            if (now.filter(marked -> isOurMarkOf(each, marked)).isPresent()) {
                snapshot.place(each.pod(), each.node());
            }
        }
    }

    private static boolean isOurMarkOf(PlacedPod before, PlacedPod now) {
        return now.node().equals(before.node())
                && now.pod().isLeaving()
                && now.pod().revision().equals(before.pod().revision());
    }
}
