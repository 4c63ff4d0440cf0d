package dev.gantry.scheduler.queue;

import dev.gantry.client.queue.Backoff;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The pods that wait for a node.
 *
 * <pre>
 *   add ──► active ──take──► (tried) ──placed──► gone
 *             ▲                 │ fits nowhere
 *             │                 ▼
 *             ├──── woken ──── unschedulable  (woken by what could help; the oldest by a sweep)
 *             └── backing off ◄──┘
 * </pre>
 *
 * <p>Cost: unschedulable pods of one signature are one group; an event costs one test per group.
 */
public final class SchedulingQueue {
    /** Compat: kube-scheduler's defaults. */
    public static final Backoff USUAL_BACKOFF =
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(10));

    /** Compat: podMaxInUnschedulablePodsDuration; a safety net for a missed wake-up. */
    private static final Duration LONGEST_UNSCHEDULABLE = Duration.ofMinutes(5);

    /** A sweep tries at most so many of those that waited longest, however many are due. */
    private static final int SWEPT_AT_ONCE = 64;

    private static final Comparator<Entry> ORDER =
            Comparator.comparingInt((Entry each) -> -each.pod.priority())
                    .thenComparing(each -> each.pod.since())
                    .thenComparing(each -> each.pod.key());

    private final Backoff backoff;
    private final TreeSet<Entry> active = new TreeSet<>(ORDER);
    private final TreeSet<Entry> backingOff =
            new TreeSet<>(Comparator.comparing((Entry each) -> each.due).thenComparing(ORDER));
    private final Map<PodSignature, Group> unschedulable = new LinkedHashMap<>();
    private final Map<PodSignature, Group> unschedulableWithRelations = new LinkedHashMap<>();
    private final Map<Uid, Entry> unschedulableNeedy = new LinkedHashMap<>();
    private final Map<Uid, Instant> unschedulableSince = new LinkedHashMap<>();
    private final Map<Uid, Entry> known = new HashMap<>();

    /** How often in a row the binding of a pod was refused. */
    private final Map<Uid, Integer> refusals = new HashMap<>();

    /**
     * @param backoff how long a pod waits that fitted nowhere, or whose binding was refused
     */
    public SchedulingQueue(Backoff backoff) {
        this.backoff = backoff;
    }

    /**
     * A new pod, or a new version of one: an unschedulable one whose signature changed is tried
     * again, after its back-off.
     */
    public void add(PodInfo pod, Instant now) {
        Entry before = known.get(pod.uid());
        if (before == null) {
            activate(new Entry(pod, 0, now, now, Place.ACTIVE), now);
            return;
        }
        boolean isTheSame =
                before.pod.signature().equals(pod.signature())
                        && before.pod.labels().equals(pod.labels())
                        && before.pod.needs().equals(pod.needs());
        SortedSet<String> rules = rulesOf(before);
        Instant since = unschedulableSince.get(pod.uid());
        Entry next = new Entry(pod, before.attempts, before.due, before.since, before.place);
        leave(before);
        if (before.place == Place.UNSCHEDULABLE && !isTheSame) {
            enterActiveOrBackingOff(next, now);
        } else if (before.place == Place.UNSCHEDULABLE && since != null) {
            enterUnschedulable(next, rules, since);
        } else {
            enter(next, before.place);
        }
    }

    public void remove(Uid uid) {
        Entry entry = known.get(uid);
        if (entry != null) {
            leave(entry);
        }
    }

    /** The pod has its node, or is no more. */
    public void forget(Uid uid) {
        remove(uid);
        refusals.remove(uid);
    }

    /** The next pod to try; it has left the queue. */
    public Optional<Attempt> take(Instant now) {
        while (!backingOff.isEmpty() && !backingOff.first().due.isAfter(now)) {
            Entry due = backingOff.first();
            leave(due);
            activate(due, now);
        }
        if (active.isEmpty()) {
            return Optional.empty();
        }
        return take(active.first().pod.uid());
    }

    /** This pod, wherever in the queue it is; it has left the queue. */
    public Optional<Attempt> take(Uid uid) {
        Entry entry = known.get(uid);
        if (entry == null) {
            return Optional.empty();
        }
        leave(entry);
        return Optional.of(new Attempt(entry.pod, entry.attempts, entry.since));
    }

    public Optional<PodInfo> find(Uid uid) {
        return Optional.ofNullable(known.get(uid)).map(each -> each.pod);
    }

    /**
     * It fits nowhere: it waits for something that could help it.
     *
     * @param rules the names of those that rejected nodes
     */
    public void addUnschedulable(Attempt attempt, SortedSet<String> rules, Instant now) {
        refusals.remove(attempt.pod.uid());
        int attempts = attempt.before + 1;
        Instant due = backoff.next(attempts, now);
        enterUnschedulable(
                new Entry(attempt.pod, attempts, due, now, Place.UNSCHEDULABLE), rules, now);
    }

    /** Its binding was refused: it is tried again after a back-off. */
    public void retry(PodInfo pod, Instant now) {
        int attempts = refusals.merge(pod.uid(), 1, Integer::sum);
        remove(pod.uid());
        Instant due = backoff.next(attempts, now);
        enter(new Entry(pod, attempts, due, now, Place.BACKING_OFF), Place.BACKING_OFF);
    }

    /** Wakes the groups of unschedulable pods that something that happened could help. */
    public void wake(Predicate<Group> couldHelp, Instant now) {
        wakeAmong(unschedulable.values(), couldHelp, now);
    }

    /** As {@link #wake}, among the pods that have rules about other pods. */
    public void wakeRelated(Predicate<Group> couldHelp, Instant now) {
        wakeAmong(unschedulableWithRelations.values(), couldHelp, now);
    }

    /** Wakes the unschedulable pods that need volumes or devices and that something could help. */
    public void wakeNeedy(Predicate<PodInfo> couldHelp, Instant now) {
        if (!unschedulableNeedy.isEmpty()) {
            wakeAll(
                    unschedulableNeedy.values().stream()
                            .filter(each -> couldHelp.test(each.pod))
                            .toList(),
                    now);
        }
    }

    /** This pod can be placed now: without a back-off. */
    public void wakeAtOnce(Uid uid, Instant now) {
        Entry entry = known.get(uid);
        if (entry != null && entry.place != Place.ACTIVE) {
            leave(entry);
            activate(entry, now);
        }
    }

    /**
     * Tries a few of the longest unschedulable again: those from before {@code changed}, whose
     * reasons may be out of date, and those that have been so for very long.
     */
    public void sweep(Instant changed, Instant now) {
        List<Entry> due = new ArrayList<>();
        for (Map.Entry<Uid, Instant> each : unschedulableSince.entrySet()) {
            Instant since = each.getValue();
            boolean isDue =
                    since.isBefore(changed) || since.plus(LONGEST_UNSCHEDULABLE).isBefore(now);
            if (!isDue || due.size() == SWEPT_AT_ONCE) {
                break;
            }
            due.add(Objects.requireNonNull(known.get(each.getKey())));
        }
        wakeAll(due, now);
    }

    public boolean hasActive() {
        return !active.isEmpty();
    }

    /** When the first pod ends its back-off. */
    public Optional<Instant> nextDue() {
        return backingOff.isEmpty() ? Optional.empty() : Optional.of(backingOff.first().due);
    }

    public Sizes sizes() {
        return new Sizes(active.size(), backingOff.size(), unschedulableSince.size());
    }

    /**
     * How many of the unschedulable pods each rule rejected nodes for.
     *
     * @param profileOf by which profile a pod is placed
     */
    public Map<Rejection, Integer> rejections(Function<PodInfo, String> profileOf) {
        Map<Rejection, Integer> found = new LinkedHashMap<>();
        for (Group group : unschedulable.values()) {
            for (Entry each : group.pods.values()) {
                String profile = profileOf.apply(each.pod);
                for (String rule : group.rules) {
                    found.merge(new Rejection(rule, profile), 1, Integer::sum);
                }
            }
        }
        return found;
    }

    public int size() {
        return known.size();
    }

    /** The controllers whose pods wait, in order. */
    public SortedSet<String> owners() {
        SortedSet<String> owners = new TreeSet<>();
        known.values().forEach(each -> owners.add(each.pod.owner()));
        owners.remove("");
        return owners;
    }

    private void wakeAmong(Collection<Group> groups, Predicate<Group> couldHelp, Instant now) {
        if (groups.isEmpty()) {
            return;
        }
        List<Entry> woken = new ArrayList<>();
        for (Group each : groups) {
            if (couldHelp.test(each)) {
                woken.addAll(each.pods.values());
            }
        }
        wakeAll(woken, now);
    }

    private void wakeAll(List<Entry> woken, Instant now) {
        for (Entry each : woken) {
            leave(each);
            enterActiveOrBackingOff(each, now);
        }
    }

    private void enterActiveOrBackingOff(Entry entry, Instant now) {
        if (entry.due.isAfter(now)) {
            enter(entry, Place.BACKING_OFF);
        } else {
            activate(entry, now);
        }
    }

    private void activate(Entry entry, Instant now) {
        enter(new Entry(entry.pod, entry.attempts, entry.due, now, Place.ACTIVE), Place.ACTIVE);
    }

    private void enter(Entry entry, Place place) {
        Entry next = new Entry(entry.pod, entry.attempts, entry.due, entry.since, place);
        known.put(next.pod.uid(), next);
        (place == Place.ACTIVE ? active : backingOff).add(next);
    }

    private void enterUnschedulable(Entry entry, SortedSet<String> rules, Instant since) {
        PodSignature signature = entry.pod.signature();
        known.put(entry.pod.uid(), entry);
        unschedulableSince.put(entry.pod.uid(), since);
        Group group = unschedulable.computeIfAbsent(signature, Group::new);
        group.add(entry);
        group.rules.addAll(rules);
        if (entry.pod.mayPreempt()) {
            group.highestPreemptor = Math.max(group.highestPreemptor, entry.pod.priority());
        }
        if (!entry.pod.needs().isNone()) {
            unschedulableNeedy.put(entry.pod.uid(), entry);
        }
        if (!signature.relations().isNone()) {
            unschedulableWithRelations.put(signature, group);
        }
    }

    private SortedSet<String> rulesOf(Entry entry) {
        Group group =
                entry.place == Place.UNSCHEDULABLE
                        ? unschedulable.get(entry.pod.signature())
                        : null;
        return group == null ? new TreeSet<>() : new TreeSet<>(group.rules);
    }

    private void leave(Entry entry) {
        known.remove(entry.pod.uid());
        switch (entry.place) {
            case ACTIVE -> active.remove(entry);
            case BACKING_OFF -> backingOff.remove(entry);
            case UNSCHEDULABLE -> {
                unschedulableSince.remove(entry.pod.uid());
                unschedulableNeedy.remove(entry.pod.uid());
                Group group = unschedulable.get(entry.pod.signature());
                if (group != null && group.remove(entry) && group.pods.isEmpty()) {
                    unschedulable.remove(group.signature);
                    unschedulableWithRelations.remove(group.signature);
                }
            }
        }
    }

    /** How many pods are to be tried, how many later, and how many only when something helps. */
    public record Sizes(int active, int backingOff, int unschedulable) {}

    /** A rule that rejected nodes for pods of a profile. */
    public record Rejection(String rule, String profile) {}

    private enum Place {
        ACTIVE,
        BACKING_OFF,
        UNSCHEDULABLE
    }

    /**
     * @param due when its back-off ends
     * @param since when it became active
     */
    private record Entry(PodInfo pod, int attempts, Instant due, Instant since, Place place) {}

    /** Unschedulable pods of one signature, and which rules rejected them. */
    public static final class Group {
        private final PodSignature signature;
        private final SortedSet<String> rules = new TreeSet<>();
        private final Map<Uid, Entry> pods = new LinkedHashMap<>();

        /** How many pods of each. */
        private final SortedMap<String, Integer> namespaces = new TreeMap<>();

        private int highestPreemptor = Integer.MIN_VALUE;

        private Group(PodSignature signature) {
            this.signature = signature;
        }

        public PodSignature signature() {
            return signature;
        }

        /** Those that hold a pod of the group. */
        public Set<String> namespaces() {
            return Collections.unmodifiableSet(namespaces.keySet());
        }

        /** Pods of a lower priority than this might make way for some pod of the group. */
        public int highestPreemptor() {
            return highestPreemptor;
        }

        /** The names of those that rejected nodes. */
        public SortedSet<String> rules() {
            return Collections.unmodifiableSortedSet(rules);
        }

        public boolean wasRejectedBy(String rule) {
            return rules.contains(rule);
        }

        /** Whether anything else than these rules rejected a node. */
        public boolean wasRejectedByOthersThan(SortedSet<String> some) {
            return !some.containsAll(rules);
        }

        public boolean holdsAny(Predicate<PodInfo> such) {
            return pods.values().stream().anyMatch(each -> such.test(each.pod));
        }

        private void add(Entry entry) {
            if (pods.put(entry.pod.uid(), entry) == null) {
                namespaces.merge(entry.pod.key().namespace(), 1, Integer::sum);
            }
        }

        private boolean remove(Entry entry) {
            boolean wasThere = pods.remove(entry.pod.uid()) != null;
            if (wasThere) {
                namespaces.computeIfPresent(
                        entry.pod.key().namespace(), (_, count) -> count == 1 ? null : count - 1);
            }
            return wasThere;
        }
    }

    /**
     * A pod taken from the queue.
     *
     * @param before how often it was tried before
     * @param since when it could first have been tried this time
     */
    public record Attempt(PodInfo pod, int before, Instant since) {}
}
