package dev.gantry.client.shell.metrics;

import dev.gantry.client.metrics.MetricText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** Counters of one name, told apart by labels. Any thread may count. */
public final class Counters {
    private final String name;
    private final String help;
    private final List<String> labels;
    private final Map<List<String>, LongAdder> counts = new ConcurrentHashMap<>();

    public Counters(String name, String help, String... labels) {
        this.name = name;
        this.help = help;
        this.labels = List.of(labels);
    }

    /**
     * The counter with these values, in the order of the labels. Once asked for, it is told with
     * zero, too.
     */
    public LongAdder of(String... values) {
        return counts.computeIfAbsent(List.of(values), _ -> new LongAdder());
    }

    public void add(String... values) {
        of(values).increment();
    }

    /** Forgets those of what is no more. */
    public void removeIf(Predicate<List<String>> values) {
        counts.keySet().removeIf(values);
    }

    public void append(StringBuilder text) {
        MetricText.head(text, name, "counter", help);
        var sorted = new TreeMap<String, LongAdder>();
        counts.forEach((values, count) -> sorted.put(MetricText.labels(labels, values), count));
        sorted.forEach((series, count) -> MetricText.sample(text, name, series, count.sum()));
    }
}
