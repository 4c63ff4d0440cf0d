package dev.gantry.scheduler.queue;

import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import dev.gantry.scheduler.snapshot.pod.PodSignature;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Unschedulable pods of one signature, and which rules rejected them. */
public final class UnschedulableGroup {
    private final PodSignature signature;
    private final SortedSet<String> rules = new TreeSet<>();
    private final Map<Uid, QueuedPod> pods = new LinkedHashMap<>();

    /** How many pods of each. */
    private final SortedMap<String, Integer> namespaces = new TreeMap<>();

    private int highestPreemptor = Integer.MIN_VALUE;

    UnschedulableGroup(PodSignature signature) {
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
        return pods.values().stream().anyMatch(each -> such.test(each.pod()));
    }

    /** Those that are in it. */
    Collection<QueuedPod> pods() {
        return Collections.unmodifiableCollection(pods.values());
    }

    boolean isEmpty() {
        return pods.isEmpty();
    }

    /**
     * @param rejectedBy the names of the rules that rejected nodes for it
     */
    void add(QueuedPod entry, SortedSet<String> rejectedBy) {
        rules.addAll(rejectedBy);
        if (entry.pod().mayPreempt()) {
            highestPreemptor = Math.max(highestPreemptor, entry.pod().priority());
        }
        if (pods.put(entry.pod().uid(), entry) == null) {
            namespaces.merge(entry.pod().key().namespace(), 1, Integer::sum);
        }
    }

    boolean remove(QueuedPod entry) {
        boolean wasThere = pods.remove(entry.pod().uid()) != null;
        if (wasThere) {
            namespaces.computeIfPresent(
                    entry.pod().key().namespace(), (_, count) -> count == 1 ? null : count - 1);
        }
        return wasThere;
    }
}
