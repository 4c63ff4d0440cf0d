package dev.gantry.scheduler.snapshot;

import dev.gantry.scheduler.snapshot.pod.PodTerm;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The labels of the namespaces, for terms that select namespaces by them. */
final class Namespaces {
    private static final SortedMap<String, String> NO_LABELS = new TreeMap<>();

    private final Map<String, SortedMap<String, String>> labels = new TreeMap<>();

    /** Returns whether this is news. */
    boolean put(String name, SortedMap<String, String> now) {
        return !now.equals(labels.put(name, now));
    }

    boolean remove(String name) {
        return labels.remove(name) != null;
    }

    void copyTo(Namespaces other) {
        other.labels.putAll(labels);
    }

    SortedMap<String, String> labels(String name) {
        return labels.getOrDefault(name, NO_LABELS);
    }

    boolean matches(PodTerm term, String namespace, SortedMap<String, String> podLabels) {
        return term.matches(namespace, podLabels, labels(namespace));
    }

    /** The topology keys of the terms don't matter here. */
    boolean matches(PodQuestion question, PodsAlike.Key pod) {
        if (pod.isLeaving() && !question.countsLeaving()) {
            return false;
        }
        for (PodTerm term : question.allOf()) {
            if (!matches(term, pod.namespace(), pod.labels())) {
                return false;
            }
        }
        return true;
    }
}
