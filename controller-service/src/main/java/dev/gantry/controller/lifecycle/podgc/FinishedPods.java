package dev.gantry.controller.lifecycle.podgc;

import dev.gantry.client.controller.Controller.Change;
import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The finished pods, as changes told of them; any thread may ask.
 *
 * <p>Cost: a look at all pods for each that finishes took longer, in a cluster of thousands, than
 * all else that is done for it.
 */
final class FinishedPods {
    private final TreeSet<Finished> oldestFirst =
            new TreeSet<>(Comparator.comparing(Finished::created).thenComparing(Finished::key));

    private record Finished(Instant created, ObjectKey key) {}

    synchronized void hear(Change change) {
        finished(change.key(), change.before()).ifPresent(oldestFirst::remove);
        finished(change.key(), change.after()).ifPresent(oldestFirst::add);
    }

    private static Optional<Finished> finished(ObjectKey key, Optional<Resource> pod) {
        return pod.filter(PodLife::isFinished)
                .map(each -> new Finished(each.creationTime().orElse(Instant.EPOCH), key));
    }

    /** The oldest, without which there are as many as are kept. */
    synchronized List<ObjectKey> beyond(int kept) {
        return oldestFirst.stream()
                .limit(Math.max(0, oldestFirst.size() - kept))
                .map(Finished::key)
                .toList();
    }
}
