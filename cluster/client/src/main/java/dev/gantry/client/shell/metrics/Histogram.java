package dev.gantry.client.shell.metrics;

import dev.gantry.client.metrics.MetricText;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.DoubleAdder;

/** How long or how much something was, in classes. Any thread may add. */
public final class Histogram {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Compat: {@code prometheus.DefBuckets}. */
    public static final double[] USUAL_BOUNDS = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
    };

    private final double[] bounds;
    private final AtomicLongArray counts;
    private final DoubleAdder total = new DoubleAdder();

    /**
     * @param bounds ascending; in seconds where durations are added
     */
    public Histogram(double... bounds) {
        this.bounds = bounds.clone();
        this.counts = new AtomicLongArray(bounds.length + 1);
    }

    /** Compat: {@code prometheus.ExponentialBuckets}, with what it loses by rounding. */
    public static double[] exponential(double start, double factor, int count) {
        double[] bounds = new double[count];
        double next = start;
        for (int i = 0; i < count; i++) {
            bounds[i] = next;
            next *= factor;
        }
        return bounds;
    }

    public void add(Duration took) {
        add(took.toNanos() / NANOS_PER_SECOND);
    }

    public void addNanos(long took) {
        add(took / NANOS_PER_SECOND);
    }

    public void add(double value) {
        int at = 0;
        while (at < bounds.length && value > bounds[at]) {
            at++;
        }
        counts.incrementAndGet(at);
        total.add(value);
    }

    public void append(String name, String labels, StringBuilder text) {
        append(name, labels, text, 0);
    }

    /**
     * Nothing where nothing was added.
     *
     * @param labels without brackets
     * @param atOnce how many more took no time at all
     */
    public void append(String name, String labels, StringBuilder text, long atOnce) {
        if (isEmpty() && atOnce == 0) {
            return;
        }
        String before = labels.isEmpty() ? "" : labels + ",";
        long sum = atOnce;
        for (int i = 0; i <= bounds.length; i++) {
            sum += counts.get(i);
            double bound = i == bounds.length ? Double.POSITIVE_INFINITY : bounds[i];
            String bucket = before + "le=\"" + MetricText.number(bound) + "\"";
            MetricText.sample(text, name + "_bucket", bucket, sum);
        }
        MetricText.sample(text, name + "_sum", labels, total.sum());
        MetricText.sample(text, name + "_count", labels, sum);
    }

    private boolean isEmpty() {
        for (int i = 0; i <= bounds.length; i++) {
            if (counts.get(i) > 0) {
                return false;
            }
        }
        return true;
    }
}
