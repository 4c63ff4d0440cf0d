package dev.gantry.state.shell.api.write;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.json.Bounds;
import dev.gantry.state.log.StoredObject;
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
        int weight = weightOf(call) + stored.map(each -> marks(each.json())).orElse(0);
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

    /** Never less than the values that the body brings, as far as these are allowed. */
    static int weightOf(ApiCall call) {
        byte[] body = call.body();
        String type = call.header("content-type");
        boolean isProtobuf = type.contains("protobuf");
        boolean isYaml = type.contains("yaml");
        if (isProtobuf) {
            return Math.min(Bounds.MAX_VALUES, body.length / 2);
        }
        return isYaml && hasAlias(body) ? Bounds.MAX_VALUES : marks(body);
    }

    private static int marks(byte[] text) {
        int marks = 0;
        for (byte each : text) {
            marks +=
                    each == ',' || each == ':' || each == '[' || each == '{' || each == '\n'
                            ? 1
                            : 0;
        }
        return Math.min(marks, Bounds.MAX_VALUES);
    }

    private static boolean hasAlias(byte[] yaml) {
        for (byte each : yaml) {
            if (each == '*') {
                return true;
            }
        }
        return false;
    }
}
