package dev.gantry.scheduler.snapshot;

import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes equal parts of pods and nodes the same object.
 *
 * <p>Cost: ten thousand replicas have one signature and one map of labels between them; without
 * this each pod would weigh some kilobytes.
 */
final class Interner {
    private static final int KEPT = 1 << 14;

    private final Map<Object, Object> known = new HashMap<>();

    PodInfo shared(PodInfo pod, SortedMap<String, String> labels) {
        return pod.sharing(shared(pod.signature()), labels, shared(pod.owner()));
    }

    NodeFacts shared(NodeFacts facts) {
        return new NodeFacts(
                facts.name(),
                ofShared(facts.labels()),
                shared(facts.taints()),
                facts.isUnschedulable(),
                shared(facts.allocatable()),
                facts.podLimit(),
                shared(ofShared(facts.images())),
                shared(facts.features()));
    }

    /** Cost: hardly two nodes have the same labels or images, but all have the same few of them. */
    private <V> SortedMap<String, V> ofShared(SortedMap<String, V> entries) {
        SortedMap<String, V> made = new TreeMap<>();
        entries.forEach((name, value) -> made.put(shared(name), shared(value)));
        return made;
    }

    /** Forgets all when there is too much: what was shared stays shared. */
    @SuppressWarnings("unchecked") // equal objects of one record or collection type
    private <T> T shared(T value) {
        if (known.size() >= KEPT) {
            known.clear();
        }
        Object before = known.putIfAbsent(value, value);
        return before == null ? value : (T) before;
    }
}
