package dev.gantry.state.shell.webhook;

import dev.gantry.client.metrics.MetricText;
import dev.gantry.client.shell.metrics.Histogram;
import dev.gantry.state.webhook.WebhookAnswer;
import dev.gantry.state.webhook.WebhookCall;
import dev.gantry.state.webhook.WebhookCall.Occasion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;

/**
 * What {@code /metrics} says of calls that admission made to webhooks.
 *
 * <p>Compat: {@code apiserver/pkg/admission/metrics}: names, labels and bounds. An answer that is
 * malformed counts as what it says.
 */
public final class WebhookCounts {
    private static final String PREFIX = "apiserver_admission_webhook_";
    private static final String DURATION = PREFIX + "admission_duration_seconds";
    private static final String REQUESTS = PREFIX + "request_total";
    private static final String REJECTIONS = PREFIX + "rejection_count";
    private static final String OPEN_FAILURES = PREFIX + "fail_open_count";
    private static final double[] BOUNDS = {0.005, 0.025, 0.1, 0.5, 1, 2.5, 10, 25};

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;
    private static final int HIGHEST_CODE = 600;

    /** Who may configure webhooks chooses their names: how many are told apart is bounded. */
    private static final int MOST_SERIES = 2_000;

    private final Map<String, Histogram> durations = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> rejections = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> openFailures = new ConcurrentHashMap<>();

    /** Calls that convert objects are not counted. */
    void count(WebhookCall call, WebhookAnswer answer, Duration took) {
        if (call.occasion().isPresent() && requests.size() < MOST_SERIES) {
            count(call.webhook(), call.occasion().get(), answer, took);
        }
    }

    private void count(String webhook, Occasion occasion, WebhookAnswer answer, Duration took) {
        int code = codeOf(answer);
        boolean isCalled = answer instanceof WebhookAnswer.Replied;
        boolean isRejected = isCalled ? code != OK : !occasion.failsOpen();
        String type = occasion.isMutating() ? "admit" : "validating";
        String asked =
                MetricText.labels(
                        List.of("name", "operation", "type"),
                        List.of(webhook, occasion.operation(), type));
        String rejected = MetricText.label("rejected", Boolean.toString(isRejected));
        durations.computeIfAbsent(asked + "," + rejected, _ -> new Histogram(BOUNDS)).add(took);
        String coded = asked + "," + MetricText.label("code", Integer.toString(code));
        increment(requests, coded + "," + rejected);
        if (isRejected) {
            String error = isCalled ? "no_error" : "calling_webhook_error";
            increment(
                    rejections,
                    asked
                            + ","
                            + MetricText.labels(
                                    List.of("error_type", "rejection_code"),
                                    List.of(error, Integer.toString(code))));
        } else if (!isCalled) {
            increment(
                    openFailures,
                    MetricText.labels(List.of("name", "type"), List.of(webhook, type)));
        }
    }

    /** That of the refusal, where the webhook allows nothing. */
    private static int codeOf(WebhookAnswer answer) {
        if (!(answer instanceof WebhookAnswer.Replied(var review))) {
            return UNAVAILABLE;
        }
        JsonNode response = review.path("response");
        return response.path("allowed").asBoolean(false)
                ? OK
                : Math.clamp(
                        response.path("status").path("code").asInt(0), BAD_REQUEST, HIGHEST_CODE);
    }

    private static void increment(Map<String, LongAdder> counts, String labels) {
        counts.computeIfAbsent(labels, _ -> new LongAdder()).increment();
    }

    public void append(StringBuilder text) {
        MetricText.head(text, DURATION, "histogram", "How long webhooks took to answer.");
        new TreeMap<>(durations).forEach((labels, each) -> each.append(DURATION, labels, text));
        counter(text, REQUESTS, "Questions to webhooks.", requests);
        counter(text, REJECTIONS, "Writes that webhooks did not let pass.", rejections);
        counter(text, OPEN_FAILURES, "Failed webhooks that writes passed by.", openFailures);
    }

    private static void counter(
            StringBuilder text, String name, String help, Map<String, LongAdder> counts) {
        MetricText.head(text, name, "counter", help);
        new TreeMap<>(counts)
                .forEach((labels, count) -> MetricText.sample(text, name, labels, count.sum()));
    }
}
