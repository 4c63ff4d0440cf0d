package dev.gantry.state.shell.api.write;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.json.Bounds;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.request.BodyWeight;
import dev.gantry.state.shell.api.reply.Refused;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Writes of objects with many values are worked on a few at a time; all others are not held up.
 *
 * <p>Invariant: the trees of all writes under way hold no more than {@value #AT_ONCE} values, and
 * some of the small ones.
 *
 * <p>Cost: a value takes up to a kilobyte with its defaults while its object is worked on, so that
 * a body of 300 kB may take 100 MB: what bodies weigh in bytes says little about it.
 */
public final class LargeWrites {
    private static final int SMALL = 2_000;
    private static final int AT_ONCE = 3 * Bounds.MAX_VALUES;
    public static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Semaphore values = new Semaphore(AT_ONCE, true);
    private final Duration patience;

    /**
     * @param patience how long one waits for its turn
     */
    public LargeWrites(Duration patience) {
        this.patience = patience;
    }

    /** A write, which reads its body and works on what is stored. */
    public interface Write {
        ApiReply perform() throws InterruptedException;
    }

    public ApiReply perform(ApiCall call, Optional<StoredObject> stored, Write write)
            throws InterruptedException {
        int weight = BodyWeight.of(call) + stored.map(each -> BodyWeight.of(each.json())).orElse(0);
        if (weight < SMALL) {
            return write.perform();
        }
        if (!values.tryAcquire(weight, patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new Refused(
                    new Refusal.TooManyRequests(
                            "too many large objects are written at once", RETRY_AFTER));
        }
        try {
            return write.perform();
        } finally {
            values.release(weight);
        }
    }
}
