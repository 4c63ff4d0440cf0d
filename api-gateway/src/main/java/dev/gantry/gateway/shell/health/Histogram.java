package dev.gantry.gateway.shell.health;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** How long something took, in classes. */
public final class Histogram {
    private static final double MILLION = 1e6;

    private final double[] bounds;
    private final AtomicLongArray counts;
    private final LongAdder sumNanos = new LongAdder();

    /**
     * @param bounds in seconds, ascending
     */
    public Histogram(double... bounds) {
        this.bounds = bounds.clone();
        this.counts = new AtomicLongArray(bounds.length + 1);
    }

    public void add(Duration took) {
        double seconds = took.toNanos() / 1e9;
        int at = 0;
        while (at < bounds.length && seconds > bounds[at]) {
            at++;
        }
        counts.incrementAndGet(at);
        sumNanos.add(took.toNanos());
    }

    void append(String name, String labels, StringBuilder text) {
        append(name, labels, text, 0);
    }

    /**
     * @param labels without brackets
     * @param atOnce how many more took no time at all
     */
    public void append(String name, String labels, StringBuilder text, long atOnce) {
        if (isEmpty() && atOnce == 0) {
            return;
        }
        long sum = atOnce;
        for (int i = 0; i <= bounds.length; i++) {
            sum += counts.get(i);
            String bound = i == bounds.length ? "+Inf" : plain(bounds[i]);
            text.append(name).append("_bucket{").append(labels);
            text.append(labels.isEmpty() ? "" : ",")
                    .append("le=\"")
                    .append(bound)
                    .append("\"} ")
                    .append(sum)
                    .append('\n');
        }
        String braced = labels.isEmpty() ? "" : "{" + labels + "}";
        text.append(name).append("_sum").append(braced).append(' ');
        text.append(sumNanos.sum() / 1e9).append('\n');
        text.append(name).append("_count").append(braced).append(' ').append(sum).append('\n');
    }

    private boolean isEmpty() {
        for (int i = 0; i <= bounds.length; i++) {
            if (counts.get(i) > 0) {
                return false;
            }
        }
        return true;
    }

    /** As Go prints it: whole numbers without a fraction, and from a million on by their power. */
    private static String plain(double bound) {
        if (bound < MILLION) {
            return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
        }
        BigDecimal digits = new BigDecimal(bound).stripTrailingZeros();
        int power = digits.precision() - 1 - digits.scale();
        return "%se+%02d".formatted(digits.movePointLeft(power).toPlainString(), power);
    }
}
