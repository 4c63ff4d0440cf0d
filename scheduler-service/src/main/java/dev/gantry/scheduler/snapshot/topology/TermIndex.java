package dev.gantry.scheduler.snapshot.topology;

import dev.gantry.model.selector.LabelSelector.Operator;
import dev.gantry.model.selector.LabelSelector.Requirement;
import dev.gantry.scheduler.snapshot.pod.PodTerm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Finds those of many terms that may match a pod, by its namespace and one of its labels.
 *
 * <p>Example: the term "app in (x, y) in namespace n" is found under (n, app, x) and (n, app, y). A
 * term with a namespace selector stands under any namespace, one without such a requirement under
 * any label.
 *
 * <p>Cost: with an own anti-affinity term for each of 5,000 applications, a pod looks at one.
 */
final class TermIndex<T> {
    private static final String ANY = "";

    private final Map<Slot, Set<T>> slots = new HashMap<>();
    private final Map<T, List<Slot>> slotsOf = new LinkedHashMap<>();

    void add(PodTerm term, T item) {
        List<Slot> chosen = slotsFor(term);
        slotsOf.put(item, chosen);
        for (Slot slot : chosen) {
            slots.computeIfAbsent(slot, _ -> new LinkedHashSet<>()).add(item);
        }
    }

    void remove(T item) {
        List<Slot> from = slotsOf.remove(item);
        for (Slot slot : from == null ? List.<Slot>of() : from) {
            slots.computeIfPresent(
                    slot,
                    (_, items) -> {
                        items.remove(item);
                        return items.isEmpty() ? null : items;
                    });
        }
    }

    void clear() {
        slots.clear();
        slotsOf.clear();
    }

    Collection<T> all() {
        return slotsOf.keySet();
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    /** No item twice. They still have to be asked whether they really match the pod. */
    List<T> candidates(String namespace, SortedMap<String, String> labels) {
        List<T> found = new ArrayList<>();
        if (slots.isEmpty()) {
            return found;
        }
        addFrom(new Slot(namespace, ANY, ANY), found);
        addFrom(new Slot(ANY, ANY, ANY), found);
        for (Map.Entry<String, String> label : labels.entrySet()) {
            addFrom(new Slot(namespace, label.getKey(), label.getValue()), found);
            addFrom(new Slot(ANY, label.getKey(), label.getValue()), found);
        }
        return found;
    }

    private void addFrom(Slot slot, List<T> found) {
        Set<T> items = slots.get(slot);
        if (items != null) {
            found.addAll(items);
        }
    }

    private List<Slot> slotsFor(PodTerm term) {
        Requirement best = null;
        int fewest = Integer.MAX_VALUE;
        for (Requirement each : term.selector().requirements()) {
            if (each.operator() == Operator.IN && crowding(term, each) < fewest) {
                best = each;
                fewest = crowding(term, each);
            }
        }
        List<Slot> found = new ArrayList<>();
        for (String namespace : scope(term)) {
            if (best == null) {
                found.add(new Slot(namespace, ANY, ANY));
            } else {
                for (String value : best.values()) {
                    found.add(new Slot(namespace, best.key(), value));
                }
            }
        }
        return List.copyOf(new LinkedHashSet<>(found));
    }

    /** How many items stand already where this requirement would put one more. */
    private int crowding(PodTerm term, Requirement requirement) {
        int found = 0;
        for (String namespace : scope(term)) {
            for (String value : requirement.values()) {
                Set<T> items = slots.get(new Slot(namespace, requirement.key(), value));
                found += items == null ? 0 : items.size();
            }
        }
        return found;
    }

    private static Collection<String> scope(PodTerm term) {
        return term.namespaceSelector().isPresent() ? List.of(ANY) : term.namespaces();
    }

    private record Slot(String namespace, String key, String value) {}
}
