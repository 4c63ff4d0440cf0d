package dev.gantry.client.shell.metrics;

import dev.gantry.client.metrics.MetricText;
import dev.gantry.client.queue.QueueWatcher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BinaryOperator;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * How much the queues of a process hold, and how long keys wait and are worked on.
 *
 * <p>Compat: {@code component-base/metrics/prometheus/workqueue}. Queues of one name are told
 * together.
 */
public final class WorkQueueMetrics {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Compat: of both histograms. */
    private static final double[] BOUNDS = Histogram.exponential(1e-8, 10, 10);

    private static final String NAME = "name";

    private final LongSupplier nanos;
    private final List<Meter<?>> meters = new CopyOnWriteArrayList<>();
    private final Counters adds =
            new Counters("workqueue_adds_total", "Keys that were added to a queue.", NAME);
    private final Counters retries =
            new Counters("workqueue_retries_total", "Keys that were to come back later.", NAME);
    private final Histograms waits =
            new Histograms(
                    "workqueue_queue_duration_seconds",
                    "How long keys waited in a queue.",
                    BOUNDS,
                    NAME);
    private final Histograms works =
            new Histograms(
                    "workqueue_work_duration_seconds",
                    "How long it took to work on a key.",
                    BOUNDS,
                    NAME);

    /**
     * @param nanos a stopwatch
     */
    public WorkQueueMetrics(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What one queue is watched by. */
    public <K> QueueWatcher<K> of(String name) {
        var meter = new Meter<K>(name);
        meters.add(meter);
        return meter;
    }

    public void append(StringBuilder text) {
        long now = nanos.getAsLong();
        gauge(text, "workqueue_depth", "Keys that wait in a queue.", each -> each.depth.sum());
        adds.append(text);
        waits.append(text);
        works.append(text);
        gauge(
                text,
                "workqueue_unfinished_work_seconds",
                "For how long all keys together have been worked on that are not done yet.",
                each -> each.unfinished(now));
        head(
                text,
                "workqueue_longest_running_processor_seconds",
                "For how long the key that takes longest has been worked on.");
        byName(each -> each.longest(now), Math::max)
                .forEach(
                        (name, value) ->
                                sample(
                                        text,
                                        "workqueue_longest_running_processor_seconds",
                                        name,
                                        value));
        retries.append(text);
    }

    private void gauge(
            StringBuilder text, String metric, String help, ToDoubleFunction<Meter<?>> value) {
        head(text, metric, help);
        byName(value, Double::sum).forEach((name, sum) -> sample(text, metric, name, sum));
    }

    private SortedMap<String, Double> byName(
            ToDoubleFunction<Meter<?>> value, BinaryOperator<Double> together) {
        SortedMap<String, Double> found = new TreeMap<>();
        meters.forEach(each -> found.merge(each.name, value.applyAsDouble(each), together));
        return found;
    }

    private static void head(StringBuilder text, String metric, String help) {
        MetricText.head(text, metric, "gauge", help);
    }

    private static void sample(StringBuilder text, String metric, String name, double value) {
        MetricText.sample(text, metric, MetricText.label(NAME, name), value);
    }

    /** Written by the thread that owns the queue, read by anybody. */
    private final class Meter<K> implements QueueWatcher<K> {
        private final String name;
        private final LongAdder added;
        private final LongAdder retried;
        private final Histogram waited;
        private final Histogram worked;
        private final LongAdder depth = new LongAdder();
        private final Map<K, Long> addedAt = new HashMap<>();
        private final Map<K, Long> takenAt = new ConcurrentHashMap<>();

        Meter(String name) {
            this.name = name;
            this.added = adds.of(name);
            this.retried = retries.of(name);
            this.waited = waits.of(name);
            this.worked = works.of(name);
        }

        @Override
        public void added(K key) {
            added.increment();
            depth.increment();
            addedAt.put(key, nanos.getAsLong());
        }

        @Override
        public void taken(K key) {
            long now = nanos.getAsLong();
            depth.decrement();
            Long since = addedAt.remove(key);
            if (since != null) {
                waited.addNanos(now - since);
            }
            takenAt.put(key, now);
        }

        @Override
        public void done(K key) {
            Long since = takenAt.remove(key);
            if (since != null) {
                worked.addNanos(nanos.getAsLong() - since);
            }
        }

        @Override
        public void retried(K key) {
            retried.increment();
        }

        double unfinished(long now) {
            long sum = takenAt.values().stream().mapToLong(since -> now - since).sum();
            return Math.max(0, sum) / NANOS_PER_SECOND;
        }

        double longest(long now) {
            long longest =
                    takenAt.values().stream().mapToLong(since -> now - since).max().orElse(0);
            return Math.max(0, longest) / NANOS_PER_SECOND;
        }
    }
}
