package dev.gantry.gateway.shell.health;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/**
 * What {@code /metrics} says, in Prometheus' text format.
 *
 * <p>Compat: the names of kube-apiserver's most used series.
 */
public final class Metrics {
    /** Clients choose the names they ask for: how many are told apart has to be bounded. */
    private static final int MOST_SERIES = 2_000;

    private record Series(String verb, String group, String resource, String subresource, int code)
            implements Comparable<Series> {
        String labels() {
            return "{verb=\"%s\",group=\"%s\",resource=\"%s\",subresource=\"%s\",code=\"%d\"}"
                    .formatted(
                            verb.toUpperCase(java.util.Locale.ROOT),
                            group,
                            resource,
                            subresource,
                            code);
        }

        @Override
        public int compareTo(Series other) {
            return labels().compareTo(other.labels());
        }
    }

    private final Map<Series, LongAdder> requests = new ConcurrentHashMap<>();
    private final IntSupplier inFlight;

    public Metrics(IntSupplier inFlight) {
        this.inFlight = inFlight;
    }

    /** {@code code} is zero where a connection or a forwarded request was the answer. */
    public void count(String verb, String group, String resource, String subresource, int code) {
        var series = new Series(verb, group, resource, subresource, code);
        LongAdder adder = requests.get(series);
        if (adder == null && requests.size() < MOST_SERIES) {
            adder = requests.computeIfAbsent(series, _ -> new LongAdder());
        }
        if (adder != null) {
            adder.increment();
        }
    }

    public String text() {
        StringBuilder text = new StringBuilder();
        text.append("# HELP apiserver_request_total Requests answered.\n");
        text.append("# TYPE apiserver_request_total counter\n");
        new TreeMap<>(requests)
                .forEach(
                        (series, count) ->
                                text.append("apiserver_request_total")
                                        .append(series.labels())
                                        .append(' ')
                                        .append(count.sum())
                                        .append('\n'));
        text.append("# HELP apiserver_current_inflight_requests Requests being served.\n");
        text.append("# TYPE apiserver_current_inflight_requests gauge\n");
        text.append("apiserver_current_inflight_requests ")
                .append(inFlight.getAsInt())
                .append('\n');
        appendMemory(text);
        return text.toString();
    }

    private static void appendMemory(StringBuilder text) {
        ResidentMemory.bytes()
                .ifPresent(
                        bytes ->
                                text.append(
                                                "# HELP process_resident_memory_bytes Resident memory.\n")
                                        .append("# TYPE process_resident_memory_bytes gauge\n")
                                        .append("process_resident_memory_bytes ")
                                        .append(bytes)
                                        .append('\n'));
    }
}
