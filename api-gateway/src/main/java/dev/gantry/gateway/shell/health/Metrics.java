package dev.gantry.gateway.shell.health;

import dev.gantry.authorization.Access;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * What {@code /metrics} says, in Prometheus' text format.
 *
 * <p>Compat: the names of kube-apiserver's most used series.
 */
public final class Metrics {
    /** Clients choose the names they ask for: how many are told apart has to be bounded. */
    private static final int MOST_SERIES = 2_000;

    private static final String TOTAL = "apiserver_request_total";
    private static final String CPU = "process_cpu_seconds_total";

    /** Compat: of {@code apiserver_request_duration_seconds}. */
    private static final double[] DURATION_BOUNDS = {
        0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30,
        45, 60
    };

    private static final String DURATION = "apiserver_request_duration_seconds";
    private static final String SLI_DURATION = "apiserver_request_sli_duration_seconds";

    /** Compat: the labels of upstream, whose dashboards and alerts sum by them. */
    private record Series(
            String verb,
            String group,
            String version,
            String resource,
            String subresource,
            String scope) {
        static Series of(Access access) {
            return new Series(
                    access.verb(),
                    access.group(),
                    access.version(),
                    access.plural(),
                    access.subresource(),
                    scopeOf(access));
        }

        /** Compat: {@code CleanScope}. */
        private static String scopeOf(Access access) {
            if (!access.isResource()) {
                return "";
            }
            boolean isOfOne = !access.name().isEmpty() || access.verb().equals("create");
            return isOfOne ? "resource" : access.namespace().isEmpty() ? "cluster" : "namespace";
        }

        String labels() {
            return "component=\"apiserver\",group=\"%s\",resource=\"%s\",scope=\"%s\",subresource=\"%s\",verb=\"%s\",version=\"%s\""
                    .formatted(
                            escaped(group),
                            escaped(resource),
                            scope,
                            escaped(subresource),
                            shown(verb),
                            escaped(version));
        }

        /** Compat: {@code cleanVerb}: methods, but for lists and watches. */
        private static String shown(String verb) {
            return switch (verb) {
                case "create" -> "POST";
                case "update" -> "PUT";
                default -> verb.toUpperCase(Locale.ROOT);
            };
        }

        private static String escaped(String text) {
            return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        }
    }

    private static final class Counted {
        private final Map<Integer, LongAdder> codes = new ConcurrentHashMap<>();
        private final Histogram durations = new Histogram(DURATION_BOUNDS);
    }

    private final Map<Series, Counted> requests = new ConcurrentHashMap<>();
    private final IntSupplier inFlight;
    private final Consumer<StringBuilder> more;

    /**
     * @param more writes the series that others keep
     */
    public Metrics(IntSupplier inFlight, Consumer<StringBuilder> more) {
        this.inFlight = inFlight;
        this.more = more;
    }

    /**
     * @param code zero where a connection or a forwarded request was the answer: how long that
     *     lasts says nothing
     */
    public void count(Access access, int code, Duration took) {
        Series series = Series.of(access);
        Counted counted = requests.get(series);
        if (counted == null && requests.size() < MOST_SERIES) {
            counted = requests.computeIfAbsent(series, _ -> new Counted());
        }
        if (counted == null) {
            return;
        }
        counted.codes.computeIfAbsent(code, _ -> new LongAdder()).increment();
        if (code != 0 && !access.verb().equals("watch")) {
            counted.durations.add(took);
        }
    }

    public String text() {
        SortedMap<String, Counted> sorted = new TreeMap<>();
        requests.forEach((series, counted) -> sorted.put(series.labels(), counted));
        StringBuilder text = new StringBuilder();
        head(text, TOTAL, "counter", "Requests answered.");
        sorted.forEach((labels, counted) -> appendCodes(text, labels, counted));
        head(text, DURATION, "histogram", "How long requests took.");
        sorted.forEach((labels, counted) -> counted.durations.append(DURATION, labels, text));
        // Compat: without what webhooks take, which is not told apart here.
        head(text, SLI_DURATION, "histogram", "How long requests took.");
        sorted.forEach((labels, counted) -> counted.durations.append(SLI_DURATION, labels, text));
        gauge(text, "apiserver_current_inflight_requests", "Requests being served.")
                .append(inFlight.getAsInt())
                .append('\n');
        appendProcess(text);
        more.accept(text);
        return text.toString();
    }

    private static void appendProcess(StringBuilder text) {
        ResidentMemory.bytes()
                .ifPresent(
                        bytes ->
                                gauge(text, "process_resident_memory_bytes", "Resident memory.")
                                        .append(bytes)
                                        .append('\n'));
        ProcessHandle.Info process = ProcessHandle.current().info();
        process.startInstant()
                .ifPresent(
                        start ->
                                gauge(text, "process_start_time_seconds", "Since the epoch.")
                                        .append(start.getEpochSecond())
                                        .append('\n'));
        process.totalCpuDuration()
                .ifPresent(
                        used -> {
                            head(text, CPU, "counter", "Processor time.");
                            text.append(CPU).append(' ').append(used.toMillis() / 1e3).append('\n');
                        });
    }

    private static void appendCodes(StringBuilder text, String labels, Counted counted) {
        new TreeMap<>(counted.codes)
                .forEach(
                        (code, count) ->
                                text.append(TOTAL)
                                        .append('{')
                                        .append(labels)
                                        .append(",code=\"")
                                        .append(code)
                                        .append("\"} ")
                                        .append(count.sum())
                                        .append('\n'));
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static StringBuilder gauge(StringBuilder text, String name, String help) {
        head(text, name, "gauge", help);
        return text.append(name).append(' ');
    }
}
