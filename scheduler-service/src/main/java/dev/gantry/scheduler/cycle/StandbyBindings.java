package dev.gantry.scheduler.cycle;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Binding.Party;
import dev.gantry.model.message.Binding.Stamp;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.prebind.Preparations;
import dev.gantry.scheduler.cycle.state.SchedulerState;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bindings of an earlier leader, as they are replayed to a standby, and which of them still
 * count. A scheduler that takes over goes on as if it had sent them itself.
 *
 * <p>Bindings and the feed come by different ways: a binding may be for a pod that is not known
 * yet, and is kept until the feed shows the pod. A rejection may arrive before the binding that it
 * rejects.
 */
final class StandbyBindings {
    /** Of each kind of what is kept; beyond it the oldest is let go. */
    private static final int MOST_KEPT = 100_000;

    /**
     * How long a pod that an earlier leader placed may take to appear on our feed, at most: that
     * leader had seen it there, so that in the end it is shown, or something later.
     */
    private static final Duration LATE = Duration.ofSeconds(10);

    private final SchedulerState state;

    /** Bindings of pods that the feed has not shown yet; each may be that of a whole gang. */
    private final Map<Uid, Binding> onUnknownPods = new Recent<>();

    /** Rejected bindings: each may be replayed again, and its rejection before itself. */
    private final Map<Stamp, Boolean> refused = new Recent<>();

    private long highestTerm;

    /** The highest revision of a pod that a binding of an unknown pod was decided at. */
    private long awaitedRevision;

    /** The highest revision of a pod that our feed has shown; it has shown all lower ones, too. */
    private long shownRevision;

    /** By the time that we were awake. */
    private Instant endOfWait = Instant.EPOCH;

    StandbyBindings(SchedulerState state) {
        this.state = state;
    }

    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST_KEPT;
        }
    }

    void leading() {
        endOfWait = state.awake().now().plus(LATE);
    }

    /**
     * Whether an earlier leader placed pods that we don't know yet, so that we don't know how much
     * space they take. A pod that our feed should have shown by now is no more.
     */
    boolean isWaitingForPods() {
        return !onUnknownPods.isEmpty()
                && shownRevision < awaitedRevision
                && state.awake().now().isBefore(endOfWait);
    }

    Duration restOfWait() {
        return state.awake().until(endOfWait);
    }

    void shown(PodInfo pod) {
        shownRevision = Math.max(shownRevision, pod.revision().value());
    }

    /** Bindings are replayed from the beginning. */
    void clear() {
        onUnknownPods.clear();
        highestTerm = 0;
        awaitedRevision = 0;
    }

    void refused(Stamp stamp) {
        refused.put(stamp, true);
    }

    void heard(Binding binding, Instant now) {
        boolean isStale = binding.term() > 0 && binding.term() < highestTerm;
        highestTerm = Math.max(highestTerm, binding.term());
        if (isStale || binding.isFence()) {
            return;
        }
        binding.all().forEach(each -> takeBackEarlier(each.uid(), binding, now));
        if (!refused.containsKey(binding.stamp())) {
            binding.all().forEach(each -> accept(each, binding, now));
        }
    }

    /**
     * For a pod that the feed has just shown as pending. Returns whether a kept binding of it
     * counts.
     */
    boolean acceptKept(Uid uid, Instant now) {
        Binding announced = onUnknownPods.remove(uid);
        return announced != null && accept(announced.on(uid), announced, now);
    }

    void forget(Uid uid) {
        onUnknownPods.remove(uid);
    }

    /** Forgets what this binding was to do with the pod; that of a later one stands. */
    void forget(Uid uid, Stamp stamp) {
        onUnknownPods.computeIfPresent(uid, (_, said) -> said.stamp().equals(stamp) ? null : said);
    }

    /**
     * A scheduler sends a second binding for a pod only after the first was rejected, or to repeat
     * it. So the first one no longer holds for any of its pods, whether we know of the rejection or
     * not, and even where the second was rejected, too. But pods that the second lists as settled
     * have their node, whether our feed has shown it or not.
     */
    private void takeBackEarlier(Uid uid, Binding later, Instant now) {
        Optional<Binding> earlier =
                state.replies()
                        .awaited(uid)
                        .or(() -> Optional.ofNullable(onUnknownPods.get(uid)))
                        .filter(each -> each.stamp().isBefore(later.stamp()));
        for (Binding each : earlier.map(Binding::all).orElse(List.of())) {
            if (!later.party().settled().contains(each.pod())) {
                takeBack(each.uid(), earlier.orElseThrow().stamp(), now);
            }
        }
    }

    private void takeBack(Uid uid, Stamp stamp, Instant now) {
        forget(uid, stamp);
        state.supersede(uid, stamp, now);
    }

    /** The effects that this version knows. */
    static List<Effect> effects(Binding one) {
        return one.effects().stream().flatMap(each -> Effect.of(each).stream()).toList();
    }

    /** Returns whether it counts from now on. */
    private boolean accept(Binding one, Binding whole, Instant now) {
        String node = whole.makesWay() ? one.goal() : one.space();
        Optional<PodInfo> pod = state.waiting().find(one.uid());
        if (node.isEmpty()) {
            return false;
        }
        if (pod.isPresent()) {
            return whole.makesWay()
                    ? nominate(pod.get(), one, whole, now)
                    : assume(pod.get(), one, whole, now);
        }
        if (state.assumed(one.uid()).isEmpty()) {
            state.devices().keep(one.uid(), effects(one));
            if (state.snapshot().pod(one.uid()).isEmpty()) {
                keep(one, whole);
            }
        }
        return false;
    }

    private void keep(Binding one, Binding whole) {
        onUnknownPods.merge(
                one.uid(),
                whole,
                (said, next) -> next.stamp().isBefore(said.stamp()) ? said : next);
        awaitedRevision = Math.max(awaitedRevision, one.seen());
    }

    private boolean assume(PodInfo pod, Binding one, Binding whole, Instant now) {
        List<Effect> effects = effects(one);
        state.leaveQueue(one.uid());
        state.space().place(pod, one.space());
        state.space().reserve(one.uid(), effects);
        state.awaitReply(pod, one.space(), whole, now);
        if (one.isPreparation()) {
            var prepared = Preparations.Prepared.of(pod, one, effects);
            state.prepare(Party.ALONE, List.of(prepared), now);
        }
        return true;
    }

    /**
     * A preempting binding counts only for the pod's revision that it was decided at: at a later
     * revision the pod itself shows what has become of it.
     */
    private boolean nominate(PodInfo pod, Binding one, Binding whole, Instant now) {
        if (pod.revision().value() > one.seen()) {
            return false;
        }
        List<PlacedPod> victims =
                one.victims().stream()
                        .flatMap(each -> state.snapshot().pod(each.uid()).stream())
                        .filter(each -> each.node().equals(one.goal()))
                        .toList();
        state.space().nominate(pod, one.goal(), victims, whole, now);
        return true;
    }
}
