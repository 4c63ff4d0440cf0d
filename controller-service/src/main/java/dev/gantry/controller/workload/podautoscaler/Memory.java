package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.model.meta.ObjectKey;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What is remembered of each autoscaler while this process runs. Any thread may ask and add. */
final class Memory {
    private final SortedMap<ObjectKey, ScaleHistory> histories = new TreeMap<>();

    synchronized ScaleHistory of(ObjectKey key) {
        return histories.getOrDefault(key, ScaleHistory.NONE);
    }

    synchronized void keep(ObjectKey key, ScaleHistory history) {
        histories.put(key, history);
    }

    synchronized void change(ObjectKey key, UnaryOperator<ScaleHistory> change) {
        histories.put(key, change.apply(of(key)));
    }

    synchronized void forget(ObjectKey key) {
        histories.remove(key);
    }

    /** Selectors of the targets of one namespace, by autoscaler; those that are known. */
    synchronized SortedMap<ObjectKey, String> selectors(String namespace) {
        SortedMap<ObjectKey, String> found = new TreeMap<>();
        histories.forEach(
                (key, history) -> {
                    if (key.namespace().equals(namespace) && !history.selector().isEmpty()) {
                        found.put(key, history.selector());
                    }
                });
        return found;
    }
}
