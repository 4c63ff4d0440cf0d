package dev.gantry.scheduler.snapshot;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many pods of some description stand on each row: counted once when it is first asked, and
 * kept up to date with every pod that comes or goes.
 */
final class Neighbours {
    private static final int QUESTIONS = 256;
    private static final SortedMap<String, String> NO_LABELS = new TreeMap<>();

    private final Map<String, SortedMap<String, String>> namespaces = new TreeMap<>();
    private final Map<PodTerm, int[]> apart = new LinkedHashMap<>();
    private final Map<PodQuestion, int[]> answers =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<PodQuestion, int[]> eldest) {
                    return size() > QUESTIONS;
                }
            };

    void putNamespace(String name, SortedMap<String, String> labels) {
        if (!labels.equals(namespaces.put(name, labels))) {
            answers.clear();
        }
    }

    void removeNamespace(String name) {
        if (namespaces.remove(name) != null) {
            answers.clear();
        }
    }

    void copyNamespaces(Neighbours to) {
        to.namespaces.putAll(namespaces);
    }

    boolean matches(PodTerm term, PodDemand pod) {
        String namespace = pod.key().namespace();
        return term.matches(namespace, pod.labels(), namespaces.getOrDefault(namespace, NO_LABELS));
    }

    boolean matches(PodQuestion question, PodDemand pod) {
        if (pod.isLeaving() && !question.countsLeaving()) {
            return false;
        }
        for (PodTerm term : question.allOf()) {
            if (!matches(term, pod)) {
                return false;
            }
        }
        return true;
    }

    /** By row; rows beyond its end have none. Not to be changed by the caller. */
    int[] count(PodQuestion question, Collection<ClusterSnapshot.PlacedPod> pods, Rows rows) {
        int[] known = answers.get(question);
        if (known != null) {
            return known;
        }
        int[] counted = new int[rows.size()];
        for (ClusterSnapshot.PlacedPod each : pods) {
            if (matches(question, each.pod())) {
                counted[rows.of(each.node())]++;
            }
        }
        answers.put(question, counted);
        return counted;
    }

    void changed(PodDemand pod, int row, int sign) {
        for (Map.Entry<PodQuestion, int[]> each : answers.entrySet()) {
            if (matches(each.getKey(), pod)) {
                each.setValue(added(each.getValue(), row, sign));
            }
        }
        for (PodTerm term : pod.shape().relations().apart()) {
            apart.compute(term, (_, counts) -> none(added(counts, row, sign)));
        }
    }

    /** Who wants to be apart from whom, and on which rows they stand. */
    Map<PodTerm, int[]> apart() {
        return Collections.unmodifiableMap(apart);
    }

    private static int[] added(
            int @org.jspecify.annotations.Nullable [] counts, int row, int sign) {
        int[] roomy = counts == null ? new int[row + 1] : counts;
        if (row >= roomy.length) {
            roomy = Arrays.copyOf(roomy, Math.max(row + 1, roomy.length * 2));
        }
        roomy[row] += sign;
        return roomy;
    }

    private static int @org.jspecify.annotations.Nullable [] none(int[] counts) {
        return Arrays.stream(counts).allMatch(each -> each == 0) ? null : counts;
    }

    /** The rows of a snapshot by node name. */
    interface Rows {
        int size();

        int of(String node);
    }
}
