package dev.gantry.client.shell.access;

import dev.gantry.model.cache.LruMap;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Answers that are believed until their time is over. Where there are too many, those leave that
 * nobody asked for the longest. Safe for several threads.
 */
final class BelievedAnswers<K, V> {
    private final Map<K, Believed<V>> answers;

    private record Believed<V>(V answer, Instant until) {}

    BelievedAnswers(int most) {
        this.answers = new LruMap<>(most);
    }

    synchronized Optional<V> find(K question, Instant now) {
        Believed<V> known = answers.get(question);
        if (known == null) {
            return Optional.empty();
        }
        if (!now.isBefore(known.until)) {
            answers.remove(question);
            return Optional.empty();
        }
        return Optional.of(known.answer);
    }

    synchronized void remember(K question, V answer, Instant until) {
        answers.put(question, new Believed<>(answer, until));
    }
}
