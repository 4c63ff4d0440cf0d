package dev.gantry.scheduler.snapshot.topology;

import dev.gantry.scheduler.snapshot.column.IntCounts;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The placed pods that no rule about other pods can tell apart: equal namespace, labels, and
 * whether they are leaving. Which questions are about them is found out once.
 */
public final class PodsAlike {
    private final Key key;
    private final IntCounts rows = new IntCounts();
    private final List<Question> questions = new ArrayList<>(0);
    private int pods;

    PodsAlike(Key key) {
        this.key = key;
    }

    public Key key() {
        return key;
    }

    IntCounts rows() {
        return rows;
    }

    List<Question> questions() {
        return questions;
    }

    boolean isEmpty() {
        return pods == 0;
    }

    void add(int row, int change) {
        pods += change;
        rows.add(row, change);
        for (Question each : questions) {
            each.add(row, change);
        }
    }

    public record Key(String namespace, SortedMap<String, String> labels, boolean isLeaving) {
        public static Key of(PodInfo pod) {
            return new Key(pod.key().namespace(), pod.labels(), pod.isLeaving());
        }
    }

    /** A question that was asked, where the pods stand that match it, and how many per domain. */
    static final class Question {
        private final PodQuestion asked;
        private final IntCounts rows = new IntCounts();
        private final List<Answer> answers = new ArrayList<>(1);

        Question(PodQuestion asked) {
            this.asked = asked;
        }

        PodQuestion asked() {
            return asked;
        }

        IntCounts rows() {
            return rows;
        }

        List<Answer> answers() {
            return answers;
        }

        void add(int row, int change) {
            rows.add(row, change);
            for (Answer each : answers) {
                each.counts.add(row, change);
            }
        }
    }

    /** The pods of a question, counted per domain of one topology, perhaps of a region only. */
    record Answer(
            String topologyKey,
            @org.jspecify.annotations.Nullable Eligibility eligibility,
            DomainCounts counts) {}
}
