package dev.gantry.scheduler.cycle;

import dev.gantry.model.message.Binding;
import dev.gantry.model.message.Binding.Stamp;
import dev.gantry.model.meta.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A word to which no answer came, so that it is said again.
 *
 * <p>Invariant: it is said again of those only who still wait for the answer to this very word. The
 * others may be tried anew, with their space given away; what the first message had for them must
 * not take hold by the second.
 *
 * @param waiting at least one, in the order in which they began to wait
 */
record Unanswered(Binding word, List<Uid> waiting) {
    /** State takes only one of the two. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** That a pod waits for the answer to a word, which may be that on a whole gang. */
    record Wait(Uid pod, Binding word, Instant since) {
        Instant due() {
            return since.plus(PATIENCE);
        }
    }

    /** The words that somebody has waited for long enough. */
    static List<Unanswered> among(List<Wait> all, Instant now) {
        Map<Stamp, List<Wait>> byWord = new LinkedHashMap<>();
        for (Wait each : all) {
            if (!each.due().isAfter(now)) {
                byWord.put(each.word.stamp(), new ArrayList<>());
            }
        }
        for (Wait each : all) {
            List<Wait> same = byWord.get(each.word.stamp());
            if (same != null) {
                same.add(each);
            }
        }
        return byWord.values().stream().map(Unanswered::of).toList();
    }

    private static Unanswered of(List<Wait> same) {
        return new Unanswered(same.getFirst().word, same.stream().map(Wait::pod).toList());
    }
}
