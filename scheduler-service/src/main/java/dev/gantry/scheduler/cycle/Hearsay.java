package dev.gantry.scheduler.cycle;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Binding.Party;
import dev.gantry.model.message.Binding.Stamp;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an earlier leader said, as a standby hears it, and what of that counts. Who takes over goes
 * on as if it had said all that itself.
 *
 * <p>Words and the feed come by different ways: a word may speak of a pod that is not known yet,
 * and is kept until the feed shows the pod. A refusal may be heard before what it refuses.
 */
final class Hearsay {
    /** Of each kind of what is kept; beyond it the oldest is let go. */
    private static final int MOST_KEPT = 100_000;

    /**
     * How long a pod that an earlier leader placed may take to appear on our feed, at most: that
     * leader had seen it there, so that in the end it is shown, or something later.
     */
    private static final Duration LATE = Duration.ofSeconds(10);

    private final Ledger ledger;

    /**
     * Words by which pods take space that the feed has not shown yet; each may be that on a whole
     * gang.
     */
    private final Map<Uid, Binding> onUnknownPods = new Recent<>();

    /** Words without effect: each may be heard again, and its refusal before itself. */
    private final Map<Stamp, Boolean> refused = new Recent<>();

    private long highestTerm;

    /** The highest revision of a pod that a word about one we don't know looked at. */
    private long spokenRevision;

    /** The highest revision of a pod that our feed has shown: it is all that was before, too. */
    private long shownRevision;

    /** By the time that we were awake. */
    private Instant endOfWait = Instant.EPOCH;

    Hearsay(Ledger ledger) {
        this.ledger = ledger;
    }

    private static final class Recent<K, V> extends LinkedHashMap<K, V> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST_KEPT;
        }
    }

    void leading() {
        endOfWait = ledger.awake.now().plus(LATE);
    }

    /**
     * Whether an earlier leader placed pods of which we don't know yet how much space they take. A
     * pod that our feed should have shown by now is no more.
     */
    boolean isWaitingForPods() {
        return !onUnknownPods.isEmpty()
                && shownRevision < spokenRevision
                && ledger.awake.now().isBefore(endOfWait);
    }

    Duration restOfWait() {
        return ledger.awake.until(endOfWait);
    }

    void shown(PodInfo pod) {
        shownRevision = Math.max(shownRevision, pod.revision().value());
    }

    /** It is heard from the beginning. */
    void clear() {
        onUnknownPods.clear();
        highestTerm = 0;
        spokenRevision = 0;
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
            binding.all().forEach(each -> believe(each, binding, now));
        }
    }

    /** A pod that has just been shown and waits. Returns whether a word on it counts. */
    boolean believeOf(Uid uid, Instant now) {
        Binding announced = onUnknownPods.remove(uid);
        return announced != null && believe(announced.on(uid), announced, now);
    }

    void forget(Uid uid) {
        onUnknownPods.remove(uid);
    }

    /** What this message said of the pod; what a later one did stands. */
    void forget(Uid uid, Stamp stamp) {
        onUnknownPods.computeIfPresent(uid, (_, said) -> said.stamp().equals(stamp) ? null : said);
    }

    /**
     * Who has sent a word says another only when the first was refused, or says the same again;
     * whether we have heard of that or not, the first holds for none of those whom it spoke of.
     * That is so where the later one was refused, too. But those whom the later one calls settled
     * have their node, whether our feed has shown it or not.
     */
    private void takeBackEarlier(Uid uid, Binding later, Instant now) {
        Optional<Binding> earlier =
                ledger.awaited(uid)
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
        Optional<PodInfo> pod = ledger.awaiting(uid, stamp);
        if (pod.isPresent()) {
            PodInfo newest = ledger.queue.find(uid).orElse(pod.get());
            // It may have held, and the later word be about what comes after it.
            ledger.leaveDevices(uid);
            ledger.release(uid, now);
            ledger.addIfCurrent(newest, now);
        }
    }

    /** Those that this version knows. */
    static List<Effect> effects(Binding one) {
        return one.effects().stream().flatMap(each -> Effect.of(each).stream()).toList();
    }

    /** Returns whether it counts from now on. */
    private boolean believe(Binding one, Binding whole, Instant now) {
        String node = whole.makesWay() ? one.goal() : one.space();
        Optional<PodInfo> pod = ledger.queue.find(one.uid());
        if (node.isEmpty()) {
            return false;
        }
        if (pod.isPresent()) {
            return whole.makesWay()
                    ? nominate(pod.get(), one, whole, now)
                    : assume(pod.get(), one, whole, now);
        }
        if (ledger.assumed.find(one.uid()).isEmpty()) {
            ledger.keepDevices(one.uid(), effects(one));
            if (ledger.snapshot.pod(one.uid()).isEmpty()) {
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
        spokenRevision = Math.max(spokenRevision, one.seen());
    }

    private boolean assume(PodInfo pod, Binding one, Binding whole, Instant now) {
        List<Effect> effects = effects(one);
        ledger.queue.remove(one.uid());
        ledger.nominations.remove(one.uid());
        ledger.snapshot.place(pod, one.space());
        ledger.snapshot.reserve(one.uid(), effects);
        ledger.assumed.add(pod, one.space(), whole, now);
        if (one.isPreparation()) {
            var prepared = Preparations.Prepared.of(pod, one, effects);
            ledger.prepare(Party.ALONE, List.of(prepared), now);
        }
        return true;
    }

    /**
     * Such a word holds for just the revision that it looked at: the pod as it is at a later one
     * shows what has become of it.
     */
    private boolean nominate(PodInfo pod, Binding one, Binding whole, Instant now) {
        if (pod.revision().value() > one.seen()) {
            return false;
        }
        List<PlacedPod> victims =
                one.victims().stream()
                        .flatMap(each -> ledger.snapshot.pod(each.uid()).stream())
                        .filter(each -> each.node().equals(one.goal()))
                        .toList();
        ledger.nominate(pod, one.goal(), victims, whole, now);
        return true;
    }
}
