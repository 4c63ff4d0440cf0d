package dev.gantry.gateway.shell.health;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long requests took, in classes.
 *
 * <p>Compat: the bounds of {@code apiserver_request_duration_seconds}.
 */
final class Histogram {
    private static final double[] BOUNDS = {
        0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30,
        45, 60
    };

    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.length + 1);
    private final LongAdder sumNanos = new LongAdder();

    void add(Duration took) {
        double seconds = took.toNanos() / 1e9;
        int at = 0;
        while (at < BOUNDS.length && seconds > BOUNDS[at]) {
            at++;
        }
        counts.incrementAndGet(at);
        sumNanos.add(took.toNanos());
    }

    /**
     * @param labels without brackets
     */
    void append(String name, String labels, StringBuilder text) {
        if (isEmpty()) {
            return;
        }
        long sum = 0;
        for (int i = 0; i <= BOUNDS.length; i++) {
            sum += counts.get(i);
            String bound = i == BOUNDS.length ? "+Inf" : plain(BOUNDS[i]);
            text.append(name).append("_bucket{").append(labels);
            text.append(",le=\"").append(bound).append("\"} ").append(sum).append('\n');
        }
        text.append(name).append("_sum{").append(labels).append("} ");
        text.append(sumNanos.sum() / 1e9).append('\n');
        text.append(name).append("_count{").append(labels).append("} ").append(sum).append('\n');
    }

    private boolean isEmpty() {
        for (int i = 0; i <= BOUNDS.length; i++) {
            if (counts.get(i) > 0) {
                return false;
            }
        }
        return true;
    }

    /** As Go prints it: whole numbers without a fraction. */
    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
