package dev.gantry.scheduler.snapshot.topology;

import dev.gantry.scheduler.snapshot.pod.PodTerm;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The labels of the namespaces, for terms that select namespaces by them. */
public final class Namespaces {
    private static final SortedMap<String, String> NO_LABELS = new TreeMap<>();

    private final Map<String, SortedMap<String, String>> labels = new TreeMap<>();

    /** Returns whether this is news. */
    public boolean put(String name, SortedMap<String, String> now) {
        return !now.equals(labels.put(name, now));
    }

    public boolean remove(String name) {
        return labels.remove(name) != null;
    }

    public void copyTo(Namespaces other) {
        other.labels.putAll(labels);
    }

    public SortedMap<String, String> labels(String name) {
        return labels.getOrDefault(name, NO_LABELS);
    }

    public boolean matches(PodTerm term, String namespace, SortedMap<String, String> podLabels) {
        return term.matches(namespace, podLabels, labels(namespace));
    }

    /** The topology keys of the terms don't matter here. */
    public boolean matches(PodQuestion question, PodsAlike.Key pod) {
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
