package dev.gantry.scheduler.cycle;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.placement.Placement;
import dev.gantry.scheduler.placement.Profile;
import dev.gantry.scheduler.placement.RankedScheduler;
import dev.gantry.scheduler.placement.relation.Consequences;
import dev.gantry.scheduler.queue.SchedulingQueue;
import dev.gantry.scheduler.queue.SchedulingQueue.Attempt;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.NodeFacts;
import dev.gantry.scheduler.snapshot.PodDemand;
import dev.gantry.scheduler.snapshot.PodSighting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** One owner calls this with all that happens, and asks it for decisions. */
public final class SchedulingCycle {
    /** After so long without a word the binding is sent again: state takes only one of the two. */
    private static final Duration UNCONFIRMED = Duration.ofSeconds(30);

    private final String schedulerName;
    private final RankedScheduler scheduler;
    private final ClusterSnapshot snapshot = new ClusterSnapshot();
    private final SchedulingQueue queue = new SchedulingQueue();
    private final Map<ObjectKey, Uid> uids = new HashMap<>();
    private final Map<Uid, Assumed> assumed = new LinkedHashMap<>();
    private final Map<Uid, String> told = new HashMap<>();
    private final Preparations preparations = new Preparations();
    private boolean isCaughtUp;
    private boolean nodesChanged;

    public SchedulingCycle(String schedulerName, Profile profile) {
        this.schedulerName = schedulerName;
        this.scheduler = new RankedScheduler(profile);
    }

    public void hear(Happening happening, Instant now) {
        switch (happening) {
            case Happening.PodSeen seen -> podSeen(seen.sighting(), now);
            case Happening.PodGone gone -> podGone(gone.key(), now);
            case Happening.NodeSeen seen -> nodeSeen(seen.node(), now);
            case Happening.NodeGone gone -> {
                snapshot.removeNode(gone.name());
                nodesChanged = true;
            }
            case Happening.NamespaceSeen seen -> snapshot.putNamespace(seen.name(), seen.labels());
            case Happening.NamespaceGone gone -> snapshot.removeNamespace(gone.name());
            case Happening.NeedTold told -> needTold(told, now);
            case Happening.Rejected rejected -> bindingRejected(rejected.binding(), now);
            case Happening.CaughtUp _ -> isCaughtUp = true;
        }
    }

    /**
     * Decides on up to {@code limit} pods. What is placed counts as taken from now on. Decides
     * nothing before all that was there at the start has been told.
     */
    public List<Binding> decide(int limit, Instant now) {
        List<Binding> decided = new ArrayList<>();
        if (!isCaughtUp) {
            return decided;
        }
        repeatUnconfirmed(decided, now);
        preparations.settle(snapshot, now).forEach(each -> decided.add(settled(each, now)));
        for (int i = 0; i < limit; i++) {
            Optional<Attempt> next = queue.take(now);
            if (next.isEmpty()) {
                break;
            }
            switch (scheduler.place(next.get().pod(), snapshot)) {
                case Placement.Placed placed -> decided.add(assume(placed, now));
                case Placement.Unplaced unplaced -> {
                    queue.park(next.get(), now);
                    tell(unplaced).ifPresent(decided::add);
                }
            }
        }
        return decided;
    }

    public boolean hasWork() {
        return isCaughtUp && queue.hasActive();
    }

    /** When there is something to do although nothing happens. */
    public Optional<Instant> nextDue() {
        Optional<Instant> backoff = queue.nextDue();
        Optional<Instant> repeat =
                assumed.values().stream().findFirst().map(each -> each.sentAt.plus(UNCONFIRMED));
        return java.util.stream.Stream.of(backoff, repeat)
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    /**
     * To be called every few seconds: has parked pods told anew why they wait where nodes changed,
     * and tries those again that have been parked for very long.
     */
    public void sweep(Instant now) {
        if (nodesChanged) {
            queue.wake(_ -> true, now);
            nodesChanged = false;
        }
        queue.wakeLongParked(now);
    }

    /** For those who ask questions; they copy it first if they change anything. */
    public ClusterSnapshot snapshot() {
        return snapshot;
    }

    public int waiting() {
        return queue.size();
    }

    private void nodeSeen(NodeFacts node, Instant now) {
        boolean isNews = snapshot.node(node.name()).map(n -> !n.facts().equals(node)).orElse(true);
        if (!isNews) {
            return;
        }
        boolean isFirst = snapshot.nodeCount() == 0;
        snapshot.putNode(node);
        nodesChanged = true;
        if (isFirst) {
            queue.wake(_ -> true, now);
        } else {
            wakeFor(node.name(), now);
        }
    }

    private void needTold(Happening.NeedTold told, Instant now) {
        if (snapshot.tell(told.key(), told.object())) {
            queue.wakeNeedy(pod -> pod.needs().areAbout(told.key(), pod.key().namespace()), now);
        }
    }

    private void podSeen(PodSighting sighting, Instant now) {
        PodDemand pod = sighting.demand();
        Uid before = uids.put(pod.key(), pod.uid());
        if (before != null && !before.equals(pod.uid())) {
            forget(before, now);
        }
        switch (sighting.stage()) {
            case BOUND -> bound(pod, sighting.node(), now);
            case FINISHED, HELD -> release(pod.uid(), now);
            case PENDING -> pending(sighting, now);
        }
    }

    private void podGone(ObjectKey key, Instant now) {
        Uid uid = uids.remove(key);
        if (uid != null) {
            forget(uid, now);
        }
    }

    /** State would not place the pod there: its space is free again, and it is tried anew. */
    private void bindingRejected(Binding binding, Instant now) {
        Assumed refused = assumed.get(binding.uid());
        String node = binding.isPlaced() ? binding.node() : binding.nominatedNode();
        if (refused == null || !refused.node.equals(node)) {
            return;
        }
        release(binding.uid(), now);
        if (binding.uid().equals(uids.get(refused.pod.key()))) {
            queue.retry(refused.pod, now);
        }
    }

    private void bound(PodDemand pod, String node, Instant now) {
        queue.remove(pod.uid());
        told.remove(pod.uid());
        preparations.remove(pod.uid());
        Assumed was = assumed.remove(pod.uid());
        snapshot.place(pod, node);
        if (was != null && !was.node.equals(node)) {
            wakeFor(was.node, now);
        }
    }

    private void pending(PodSighting sighting, Instant now) {
        PodDemand pod = sighting.demand();
        boolean isOurs = sighting.scheduler().equals(schedulerName);
        if (isOurs && !assumed.containsKey(pod.uid())) {
            queue.add(pod, now);
        }
    }

    private void forget(Uid uid, Instant now) {
        told.remove(uid);
        release(uid, now);
    }

    private void release(Uid uid, Instant now) {
        queue.remove(uid);
        assumed.remove(uid);
        preparations.remove(uid);
        snapshot.remove(uid).ifPresent(node -> wakeFor(node, now));
        wakeRelated(now);
    }

    /** Something got better on this node: for which of the parked pods is it enough? */
    private void wakeFor(String name, Instant now) {
        snapshot.node(name)
                .ifPresent(node -> queue.wake(shape -> scheduler.fits(shape, node), now));
    }

    /**
     * A pod came or went: it may be what others wait to be near to, or apart from. Cost: they are
     * few, and their back-off bounds how often they are tried in vain.
     */
    private void wakeRelated(Instant now) {
        queue.wake(shape -> !shape.relations().isNone(), now);
        queue.wakeNeedy(pod -> !pod.needs().volumes().isNone(), now);
    }

    private Binding assume(Placement.Placed placed, Instant now) {
        PodDemand pod = placed.pod();
        Consequences more = consequences(placed);
        snapshot.place(pod, placed.node());
        snapshot.reserve(pod.uid(), more.all());
        String explanation = placed.explanation().toJson().toString();
        Binding binding = binding(pod, placed.node(), "", "", explanation);
        if (more.before().isEmpty()) {
            binding = binding.withEffects(json(more.together()));
        } else {
            preparations.add(pod, placed.node(), more.together(), now);
            binding =
                    binding(pod, "", "", "", "")
                            .nominating(placed.node(), List.of())
                            .withEffects(json(more.before()));
        }
        assumed.put(pod.uid(), new Assumed(pod, placed.node(), binding, now));
        wakeRelated(now);
        told.remove(pod.uid());
        return binding;
    }

    private Consequences consequences(Placement.Placed placed) {
        PodDemand pod = placed.pod();
        return pod.needs().isNone()
                ? Consequences.NONE
                : snapshot.node(placed.node())
                        .map(node -> scheduler.consequences(pod, node, snapshot))
                        .orElse(Consequences.NONE);
    }

    private static List<ObjectNode> json(List<Effect> effects) {
        return effects.stream().map(Effect::toJson).toList();
    }

    /**
     * What was prepared for a pod has taken hold, and it is bound; or not, and it is tried anew.
     */
    private Binding settled(Preparations.Outcome outcome, Instant now) {
        PodDemand pod = outcome.prepared().pod();
        String node = outcome.prepared().node();
        return switch (outcome) {
            case Preparations.Outcome.Ready ready -> {
                Binding binding =
                        binding(pod, node, "", "", "")
                                .withEffects(json(ready.prepared().together()));
                assumed.remove(pod.uid());
                assumed.put(pod.uid(), new Assumed(pod, node, binding, now));
                yield binding;
            }
            case Preparations.Outcome.Failed failed -> {
                release(pod.uid(), now);
                queue.retry(pod, now);
                String why =
                        "running PreBind plugin \"VolumeBinding\": binding volumes: "
                                + failed.why();
                told.put(pod.uid(), why);
                yield binding(pod, "", "SchedulerError", why, "");
            }
        };
    }

    /** The same bad news is told once. */
    private Optional<Binding> tell(Placement.Unplaced unplaced) {
        PodDemand pod = unplaced.pod();
        String message = unplaced.explanation().unschedulableMessage(pod.mayPreempt());
        if (message.equals(told.put(pod.uid(), message))) {
            return Optional.empty();
        }
        String explanation = unplaced.explanation().toJson().toString();
        return Optional.of(binding(pod, "", "Unschedulable", message, explanation));
    }

    private void repeatUnconfirmed(List<Binding> decided, Instant now) {
        List<Assumed> overdue = new ArrayList<>();
        for (Assumed each : assumed.values()) {
            if (each.sentAt.plus(UNCONFIRMED).isAfter(now)) {
                break;
            }
            overdue.add(each);
        }
        for (Assumed each : overdue) {
            decided.add(each.binding);
            assumed.remove(each.pod.uid());
            assumed.put(each.pod.uid(), new Assumed(each.pod, each.node, each.binding, now));
        }
    }

    private static Binding binding(
            PodDemand pod, String node, String reason, String message, String explanation) {
        return new Binding(
                pod.key().namespace(),
                pod.key().name(),
                pod.uid(),
                node,
                reason,
                message,
                pod.revision().value(),
                explanation);
    }

    private record Assumed(PodDemand pod, String node, Binding binding, Instant sentAt) {}
}
