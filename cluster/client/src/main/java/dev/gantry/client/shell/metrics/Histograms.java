package dev.gantry.client.shell.metrics;

import dev.gantry.client.metrics.MetricText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Histograms of one name, told apart by labels. Any thread may add. */
public final class Histograms {
    private final String name;
    private final String help;
    private final double[] bounds;
    private final List<String> labels;
    private final Map<List<String>, Histogram> all = new ConcurrentHashMap<>();

    public Histograms(String name, String help, double[] bounds, String... labels) {
        this.name = name;
        this.help = help;
        this.bounds = bounds.clone();
        this.labels = List.of(labels);
    }

    /** The histogram with these values, in the order of the labels. */
    public Histogram of(String... values) {
        return all.computeIfAbsent(List.of(values), _ -> new Histogram(bounds));
    }

    public void append(StringBuilder text) {
        MetricText.head(text, name, "histogram", help);
        var sorted = new TreeMap<String, Histogram>();
        all.forEach((values, each) -> sorted.put(MetricText.labels(labels, values), each));
        sorted.forEach((series, each) -> each.append(name, series, text));
    }
}
