package dev.gantry.gateway.shell.health;

import dev.gantry.authorization.Access;
import dev.gantry.client.metrics.MetricText;
import dev.gantry.client.shell.metrics.Histogram;
import dev.gantry.client.shell.metrics.MetricsPage;
import dev.gantry.client.shell.metrics.ProcessMetrics;
import dev.gantry.gateway.shell.limit.RequestKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /metrics} says, in Prometheus' text format.
 *
 * <p>Compat: the names of kube-apiserver's most used series.
 */
public final class Metrics {
    /** Clients choose the names they ask for: how many are told apart has to be bounded. */
    private static final int MOST_SERIES = 2_000;

    private static final String TOTAL = "apiserver_request_total";

    /** Compat: of {@code apiserver_request_duration_seconds}. */
    private static final double[] DURATION_BOUNDS = {
        0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30,
        45, 60
    };

    private static final String DURATION = "apiserver_request_duration_seconds";
    private static final String TERMINATIONS = "apiserver_request_terminations_total";
    private static final String IN_FLIGHT = "apiserver_current_inflight_requests";
    private static final String SLI_DURATION = "apiserver_request_sli_duration_seconds";

    /** Compat: the labels of upstream, whose dashboards and alerts sum by them. */
    private record Series(
            String verb,
            String group,
            String version,
            String resource,
            String subresource,
            String scope) {
        private static final List<String> NAMES =
                List.of(
                        "component",
                        "group",
                        "resource",
                        "scope",
                        "subresource",
                        "verb",
                        "version");

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
            return MetricText.labels(
                    NAMES,
                    List.of(
                            "apiserver",
                            group,
                            resource,
                            scope,
                            subresource,
                            shown(verb),
                            version));
        }

        /** Compat: {@code cleanVerb}: methods, but for lists and watches. */
        private static String shown(String verb) {
            return switch (verb) {
                case "create" -> "POST";
                case "update" -> "PUT";
                default -> verb.toUpperCase(Locale.ROOT);
            };
        }
    }

    private static final class Counted {
        private final Map<Integer, LongAdder> codes = new ConcurrentHashMap<>();
        private final Map<Integer, LongAdder> terminations = new ConcurrentHashMap<>();
        private final Histogram durations = new Histogram(DURATION_BOUNDS);
    }

    private final Map<Series, Counted> requests = new ConcurrentHashMap<>();
    private final ToIntFunction<RequestKind> inFlight;
    private final MetricsPage more;

    /**
     * @param more write the series that others keep; one that cannot is left out
     */
    public Metrics(ToIntFunction<RequestKind> inFlight, List<Consumer<StringBuilder>> more) {
        this.inFlight = inFlight;
        List<Consumer<StringBuilder>> parts = new ArrayList<>();
        parts.add(ProcessMetrics::append);
        parts.addAll(more);
        this.more = new MetricsPage(parts);
    }

    /**
     * @param code zero where a connection or a forwarded request was the answer: how long that
     *     lasts says nothing
     */
    public void count(Access access, int code, Duration took) {
        Counted counted = counted(access);
        if (counted == null) {
            return;
        }
        counted.codes.computeIfAbsent(code, _ -> new LongAdder()).increment();
        if (code != 0 && !access.verb().equals("watch")) {
            counted.durations.add(took);
        }
    }

    /** Of a request whose time was up, or for which there was no seat. */
    public void terminated(Access access, int code) {
        Counted counted = counted(access);
        if (counted != null) {
            counted.terminations.computeIfAbsent(code, _ -> new LongAdder()).increment();
        }
    }

    /** None where too many are told apart already. */
    private @Nullable Counted counted(Access access) {
        Series series = Series.of(access);
        Counted found = requests.get(series);
        return found == null && requests.size() < MOST_SERIES
                ? requests.computeIfAbsent(series, _ -> new Counted())
                : found;
    }

    public String text() {
        SortedMap<String, Counted> sorted = new TreeMap<>();
        requests.forEach((series, counted) -> sorted.put(series.labels(), counted));
        StringBuilder text = new StringBuilder();
        MetricText.head(text, TOTAL, "counter", "Requests answered.");
        sorted.forEach((labels, counted) -> appendCodes(text, TOTAL, labels, counted.codes));
        MetricText.head(text, DURATION, "histogram", "How long requests took.");
        sorted.forEach((labels, counted) -> counted.durations.append(DURATION, labels, text));
        // Compat: without what webhooks take, which is not told apart here.
        MetricText.head(text, SLI_DURATION, "histogram", "How long requests took.");
        sorted.forEach((labels, counted) -> counted.durations.append(SLI_DURATION, labels, text));
        MetricText.head(
                text, TERMINATIONS, "counter", "Requests that were answered to save the server.");
        sorted.forEach(
                (labels, counted) -> appendCodes(text, TERMINATIONS, labels, counted.terminations));
        MetricText.head(text, IN_FLIGHT, "gauge", "Requests being served.");
        for (RequestKind each : RequestKind.values()) {
            String kind = MetricText.label("request_kind", each.wire());
            MetricText.sample(text, IN_FLIGHT, kind, inFlight.applyAsInt(each));
        }
        return text.append(more.text()).toString();
    }

    private static void appendCodes(
            StringBuilder text, String name, String labels, Map<Integer, LongAdder> codes) {
        new TreeMap<>(codes)
                .forEach(
                        (code, count) ->
                                MetricText.sample(
                                        text,
                                        name,
                                        labels + ",code=\"" + code + "\"",
                                        count.sum()));
    }
}
