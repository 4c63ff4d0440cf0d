package dev.gantry.scheduler.queue;

import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.function.Predicate;

/**
 * The pods of the queue that fitted nowhere, by what could help them.
 *
 * <p>Cost: those of one signature are one group; an event costs one test per group.
 */
final class UnschedulablePods {
    /** Compat: podMaxInUnschedulablePodsDuration; a safety net for a missed wake-up. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Map<PodSignature, UnschedulableGroup> groups = new LinkedHashMap<>();
    private final Map<PodSignature, UnschedulableGroup> withRelations = new LinkedHashMap<>();
    private final Map<Uid, QueuedPod> needy = new LinkedHashMap<>();

    /** In the order in which they became unschedulable. */
    private final Map<Uid, Since> since = new LinkedHashMap<>();

    private record Since(QueuedPod pod, Instant when) {}

    /**
     * @param rules the names of those that rejected nodes
     */
    void add(QueuedPod entry, SortedSet<String> rules, Instant when) {
        PodSignature signature = entry.pod().signature();
        since.put(entry.pod().uid(), new Since(entry, when));
        UnschedulableGroup group = groups.computeIfAbsent(signature, UnschedulableGroup::new);
        group.add(entry, rules);
        if (!entry.pod().needs().isNone()) {
            needy.put(entry.pod().uid(), entry);
        }
        if (!signature.relations().isNone()) {
            withRelations.put(signature, group);
        }
    }

    void remove(QueuedPod entry) {
        since.remove(entry.pod().uid());
        needy.remove(entry.pod().uid());
        PodSignature signature = entry.pod().signature();
        UnschedulableGroup group = groups.get(signature);
        if (group != null && group.remove(entry) && group.isEmpty()) {
            groups.remove(signature);
            withRelations.remove(signature);
        }
    }

    /**
     * A newer version of a pod takes the place of the older one, whose signature and needs it has:
     * it is as if it had waited for as long, and for the same reasons.
     */
    void replace(QueuedPod newer) {
        Uid uid = newer.pod().uid();
        since.computeIfPresent(uid, (_, known) -> new Since(newer, known.when()));
        needy.computeIfPresent(uid, (_, _) -> newer);
        Objects.requireNonNull(groups.get(newer.pod().signature()))
                .add(newer, Collections.emptySortedSet());
    }

    int size() {
        return since.size();
    }

    Collection<UnschedulableGroup> groups() {
        return groups.values();
    }

    /** Those that something that happened could help. */
    List<QueuedPod> helped(Predicate<UnschedulableGroup> couldHelp) {
        return helped(groups.values(), couldHelp);
    }

    /** As {@link #helped}, of those that have rules about other pods. */
    List<QueuedPod> relatedHelped(Predicate<UnschedulableGroup> couldHelp) {
        return helped(withRelations.values(), couldHelp);
    }

    /** As {@link #helped}, of those that need volumes or devices. */
    List<QueuedPod> needyHelped(Predicate<PodInfo> couldHelp) {
        return needy.values().stream().filter(each -> couldHelp.test(each.pod())).toList();
    }

    /**
     * Those that have been unschedulable since before {@code changed}, or for very long; the
     * longest first.
     */
    List<QueuedPod> overdue(Instant changed, int limit, Instant now) {
        List<QueuedPod> found = new ArrayList<>();
        for (Since each : since.values()) {
            boolean isDue =
                    each.when().isBefore(changed) || each.when().plus(LONGEST).isBefore(now);
            if (!isDue || found.size() == limit) {
                break;
            }
            found.add(each.pod());
        }
        return found;
    }

    private static List<QueuedPod> helped(
            Collection<UnschedulableGroup> among, Predicate<UnschedulableGroup> couldHelp) {
        List<QueuedPod> found = new ArrayList<>();
        for (UnschedulableGroup each : among) {
            if (couldHelp.test(each)) {
                found.addAll(each.pods());
            }
        }
        return found;
    }
}
