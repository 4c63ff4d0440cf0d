package dev.gantry.scheduler.cycle.prebind;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Binding.Party;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.device.DeviceClaim;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pods that have their node and wait to be bound until others have done their part there, such as
 * to provision a volume or to attach a device. The pods of a gang wait for each other: they are
 * bound all or none.
 *
 * <pre>
 *   placed ──► prepared ──all that is awaited is there──► ready: the binding goes out
 *     ▲            └──given up, claim or another pod of the gang gone, too late──► failed: tried anew
 *     │
 *   taken ◄──the feed shows what was to be written── prepared by an earlier leader
 * </pre>
 *
 * <p>Invariant: all that must outlive us stands in the claims and in the pod's nominated node. What
 * an earlier leader prepared is therefore decided anew once it is seen there; before that it might
 * yet be refused, and keeps its node and its devices.
 */
public final class Preparations {
    /** Compat: what the scheduler says of a pod whose binding it cancels for another. */
    private static final String PREEMPTED = "preempted by DefaultPreemption";

    private final Map<Uid, Group> waiting = new LinkedHashMap<>();

    /** Those whose space was given to others. */
    private final Set<Uid> yielding = new HashSet<>();

    /** What has become of a preparation. */
    public sealed interface Outcome {
        /** All of them are to be bound now. */
        record Ready(Group group) implements Outcome {}

        /** What an earlier leader prepared for them is there. */
        record Taken(List<Prepared> pods) implements Outcome {}

        /**
         * @param pods those that are still there
         * @param why upstream's words
         */
        record Failed(List<Loss> pods, String why) implements Outcome {}
    }

    /**
     * A pod that will not be bound as it was prepared.
     *
     * @param claims that give their devices back
     */
    public record Loss(Prepared pod, List<DeviceClaim> claims) {}

    /**
     * @param binding what binds the pod in the end; where an earlier leader prepared it, that
     *     leader's binding
     * @param before what others do their part with
     * @param told what of that the feed has shown
     */
    public record Prepared(
            PodInfo pod, String node, Binding binding, List<Effect> before, Set<String> told) {
        public static Prepared of(PodInfo pod, Binding binding, List<Effect> before) {
            return new Prepared(pod, binding.space(), binding, before, new HashSet<>());
        }

        public boolean isForeign() {
            return !binding.isPlaced();
        }

        private Progress progress(ClusterSnapshot snapshot, Patience patience) {
            Progress all = Progress.READY;
            for (Effect each : before) {
                all =
                        all.and(
                                switch (each) {
                                    case Effect.OnVolumes ours ->
                                            AwaitedVolumes.progress(ours, this, snapshot, patience);
                                    case Effect.OnDevices ours ->
                                            AwaitedDevices.progress(ours, this, snapshot, patience);
                                });
            }
            return all;
        }
    }

    /**
     * Those that are bound together.
     *
     * @param gang the pods that state counts as the whole gang; none for a pod on its own
     * @param patience how long they wait
     */
    public record Group(Party gang, List<Prepared> pods, Instant since, Duration patience) {
        private Patience patienceAt(Instant now) {
            return new Patience(patience, since, now);
        }
    }

    public void add(Group group) {
        group.pods.forEach(each -> waiting.put(each.pod.uid(), group));
    }

    public void remove(Uid pod) {
        waiting.remove(pod);
        yielding.remove(pod);
    }

    /**
     * A pod that is not bound yet needs not be evicted for another: it fails, as does its gang, and
     * is tried anew.
     *
     * <p>Compat: since v1.36 a pod that is preempted during PreBind is not deleted.
     */
    public void giveWay(Uid pod) {
        if (holds(pod)) {
            yielding.add(pod);
        }
    }

    public boolean holds(Uid pod) {
        return waiting.containsKey(pod);
    }

    /**
     * Whether all that was to be written for these pods is written, so that the binding need not be
     * sent again: that provisioners take their time is no reason to.
     */
    public boolean areTaken(Collection<Uid> pods, ClusterSnapshot snapshot, Instant now) {
        return pods.stream().allMatch(each -> isTaken(each, snapshot, now));
    }

    private boolean isTaken(Uid pod, ClusterSnapshot snapshot, Instant now) {
        return Optional.ofNullable(waiting.get(pod)).stream()
                .flatMap(group -> group.pods.stream().filter(each -> each.pod.uid().equals(pod)))
                .anyMatch(
                        each ->
                                each.progress(snapshot, new Patience(Duration.ZERO, now, now))
                                        .isTaken());
    }

    /** Takes out those that wait no longer. */
    public List<Outcome> settle(ClusterSnapshot snapshot, Instant now) {
        if (waiting.isEmpty()) {
            return List.of();
        }
        yielding.retainAll(waiting.keySet());
        List<Outcome> settled = new ArrayList<>();
        Set<Uid> looked = new HashSet<>();
        for (Group each : List.copyOf(waiting.values())) {
            if (looked.add(each.pods.getFirst().pod.uid())) {
                Optional<Outcome> outcome = outcome(each, snapshot, now);
                outcome.ifPresent(_ -> waiting.values().removeIf(each::equals));
                outcome.ifPresent(settled::add);
            }
        }
        return settled;
    }

    /** Nothing is given back before it is seen that state has given it. */
    private Optional<Outcome> outcome(Group group, ClusterSnapshot snapshot, Instant now) {
        List<Prepared> there = group.pods.stream().filter(each -> isWaiting(each, group)).toList();
        Patience patience = group.patienceAt(now);
        Progress all = Progress.READY;
        List<Loss> losses = new ArrayList<>();
        for (Prepared each : there) {
            Progress progress = each.progress(snapshot, patience);
            losses.add(new Loss(each, progress.lost()));
            all = all.and(progress);
        }
        if (!all.isTaken()) {
            return Optional.empty();
        }
        if (there.stream().anyMatch(Prepared::isForeign)) {
            return Optional.of(new Outcome.Taken(there));
        }
        if (there.stream().anyMatch(each -> yielding.contains(each.pod.uid()))) {
            return Optional.of(new Outcome.Failed(losses, PREEMPTED));
        }
        if (there.size() < group.pods.size()) {
            String why = "not all pods of the group are left";
            return Optional.of(new Outcome.Failed(losses, why));
        }
        if (!all.problem().isEmpty()) {
            return Optional.of(new Outcome.Failed(losses, all.problem()));
        }
        return all.isReady() ? Optional.of(new Outcome.Ready(group)) : Optional.empty();
    }

    private boolean isWaiting(Prepared pod, Group group) {
        return group.equals(waiting.get(pod.pod.uid()));
    }
}
