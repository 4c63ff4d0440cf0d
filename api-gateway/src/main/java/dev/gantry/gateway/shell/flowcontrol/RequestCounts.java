package dev.gantry.gateway.shell.flowcontrol;

import dev.gantry.client.shell.metrics.Histogram;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** What became of the requests of one schema. */
final class RequestCounts {
    /** Compat: of {@code request_wait_duration_seconds}. */
    private static final double[] WAIT_BOUNDS = {
        0, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30
    };

    /** Why a request was not served. Compat: the values of the label {@code reason}. */
    enum Rejection {
        QUEUE_FULL("queue-full"),
        CONCURRENCY_LIMIT("concurrency-limit"),
        TIME_OUT("time-out");

        private final String label;

        Rejection(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private final LongAdder dispatched = new LongAdder();
    private final LongAdder finished = new LongAdder();
    private final LongAdder seats = new LongAdder();
    private final LongAdder waiting = new LongAdder();
    private final LongAdder waitedAndServed = new LongAdder();
    private final Histogram waitsOfServed = new Histogram(WAIT_BOUNDS);
    private final Histogram waitsOfRejected = new Histogram(WAIT_BOUNDS);
    private final LongAdder[] rejected = new LongAdder[Rejection.values().length];

    RequestCounts() {
        Arrays.setAll(rejected, _ -> new LongAdder());
    }

    void begin(int width) {
        dispatched.increment();
        seats.add(width);
    }

    void end(int width) {
        finished.increment();
        seats.add(-width);
    }

    void startWaiting() {
        waiting.increment();
    }

    void stopWaiting(Duration waited, boolean isServed) {
        waiting.decrement();
        (isServed ? waitsOfServed : waitsOfRejected).add(waited);
        waitedAndServed.add(isServed ? 1 : 0);
    }

    void reject(Rejection why) {
        rejected[why.ordinal()].increment();
    }

    /** Cost: requests that did not wait are not timed, but counted by what is known of all. */
    void appendWaits(StringBuilder text, String name, String labels) {
        waitsOfServed.append(
                name, labels + ",execute=\"true\"", text, dispatched.sum() - waitedAndServed.sum());
        waitsOfRejected.append(
                name,
                labels + ",execute=\"false\"",
                text,
                rejected(Rejection.QUEUE_FULL) + rejected(Rejection.CONCURRENCY_LIMIT));
    }

    long dispatched() {
        return dispatched.sum();
    }

    long executing() {
        return dispatched.sum() - finished.sum();
    }

    long seats() {
        return seats.sum();
    }

    long waiting() {
        return waiting.sum();
    }

    long rejected(Rejection why) {
        return rejected[why.ordinal()].sum();
    }
}
