package dev.gantry.scheduler.cycle.state;

import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.queue.SchedulingQueue;
import dev.gantry.scheduler.queue.UnschedulableGroup;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.Absence;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodRelations;
import dev.gantry.scheduler.snapshot.pod.PodTerm;
import dev.gantry.scheduler.snapshot.pod.SpreadRule;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which unschedulable pods an event could help. A pod that no event helps costs nothing.
 *
 * <p>Room on a node helps pods of a signature that fits the node now, unless only rules about other
 * pods had rejected them. A pod that comes, leaves, or changes its labels helps those that have a
 * rule about it.
 *
 * <p>Compat: the queueing hints of kube-scheduler's plugins; a hint may be wrong in one direction
 * only, and then back-off bounds what it costs.
 */
final class Hints {
    static final String SPREAD = "PodTopologySpread";
    static final String AFFINITY = "InterPodAffinity";
    private static final SortedSet<String> ABOUT_OTHERS = aboutOthers();

    private final ClusterSnapshot snapshot;
    private final SchedulingQueue queue;
    private final RankedScheduler scheduler;

    Hints(ClusterSnapshot snapshot, SchedulingQueue queue, RankedScheduler scheduler) {
        this.snapshot = snapshot;
        this.queue = queue;
        this.scheduler = scheduler;
    }

    private static SortedSet<String> aboutOthers() {
        SortedSet<String> names = new TreeSet<>();
        names.add(SPREAD);
        names.add(AFFINITY);
        return names;
    }

    /** The node came, or says something else of itself. */
    void nodeChanged(String name, Optional<NodeFacts> before, Instant now) {
        Optional<NodeView> node = snapshot.node(name);
        if (node.isEmpty()) {
            return;
        }
        queue.wake(group -> hasRoom(group, node.get()), now);
        NodeFacts facts = node.get().facts();
        if (before.isEmpty() || !before.get().labels().equals(facts.labels())) {
            domainsChanged(now);
        } else if (!before.get().taints().equals(facts.taints())) {
            queue.wake(group -> group.wasRejectedBy(SPREAD), now);
        }
    }

    /** A domain less may change which one is the emptiest, and who is near. */
    void nodeGone(Instant now) {
        domainsChanged(now);
    }

    private void domainsChanged(Instant now) {
        queue.wake(group -> !Collections.disjoint(group.rules(), ABOUT_OTHERS), now);
    }

    void left(PlacedPod gone, Instant now) {
        Optional<NodeView> node = snapshot.node(gone.node());
        node.ifPresent(
                there ->
                        queue.wake(
                                group ->
                                        group.wasRejectedByOthersThan(ABOUT_OTHERS)
                                                && hasRoom(group, there),
                                now));
        queue.wakeRelated(
                group ->
                        isApart(group, gone.pod())
                                || isSpreadWith(group, gone.pod())
                                || isPerhapsFirst(group, gone.pod()),
                now);
        wakeSiblings(gone.pod(), now);
        PodRelations its = gone.pod().signature().relations();
        if (!its.antiAffinity().isEmpty()) {
            queue.wake(
                    group ->
                            group.wasRejectedBy(AFFINITY)
                                    && group.holdsAny(
                                            pod ->
                                                    its.antiAffinity().stream()
                                                            .anyMatch(
                                                                    t -> snapshot.matches(t, pod))),
                    now);
        }
        queue.wakeNeedy(pod -> !pod.needs().volumes().isNone(), now);
    }

    void came(PodInfo pod, Instant now) {
        queue.wakeRelated(group -> isNear(group, pod) || isSpreadWith(group, pod), now);
        wakeSiblings(pod, now);
    }

    /** A profile's own spread rules are about the replicas of one owner. */
    private void wakeSiblings(PodInfo pod, Instant now) {
        if (pod.owner().isEmpty()) {
            return;
        }
        queue.wake(
                group ->
                        group.wasRejectedBy(SPREAD)
                                && group.signature().relations().spread().isEmpty()
                                && group.holdsAny(each -> each.owner().equals(pod.owner())),
                now);
    }

    /** As the node is, or once pods of lower priority have made way. */
    private boolean hasRoom(UnschedulableGroup group, NodeView node) {
        if (fits(group, node)) {
            return true;
        }
        try (var absence = new Absence(node)) {
            int left = 0;
            for (PlacedPod each : snapshot.podsOn(node)) {
                if (each.pod().priority() < group.highestPreemptor()) {
                    absence.leave(each.pod());
                    left++;
                }
            }
            return left > 0 && fits(group, node);
        }
    }

    private boolean fits(UnschedulableGroup group, NodeView node) {
        return scheduler.fits(group.signature(), group.namespaces(), node, snapshot);
    }

    private boolean isNear(UnschedulableGroup group, PodInfo pod) {
        return group.wasRejectedBy(AFFINITY)
                && anyMatches(group.signature().relations().affinity(), pod);
    }

    /** With the last of the others gone, a pod may be the first that it wants to be near to. */
    private boolean isPerhapsFirst(UnschedulableGroup group, PodInfo gone) {
        return isNear(group, gone)
                && group.holdsAny(
                        pod ->
                                group.signature().relations().affinity().stream()
                                        .allMatch(term -> snapshot.matches(term, pod)));
    }

    private boolean isApart(UnschedulableGroup group, PodInfo pod) {
        return group.wasRejectedBy(AFFINITY)
                && anyMatches(group.signature().relations().antiAffinity(), pod);
    }

    private boolean isSpreadWith(UnschedulableGroup group, PodInfo pod) {
        if (!group.wasRejectedBy(SPREAD)) {
            return false;
        }
        for (SpreadRule rule : group.signature().relations().spread()) {
            if (rule.isRequired() && snapshot.matches(rule.pods(), pod)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyMatches(Iterable<PodTerm> terms, PodInfo pod) {
        for (PodTerm term : terms) {
            if (snapshot.matches(term, pod)) {
                return true;
            }
        }
        return false;
    }
}
