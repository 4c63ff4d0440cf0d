package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.client.controller.ApiAnswer;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What a metrics API answered.
 *
 * <p>Compat: pkg/controller/podautoscaler/metrics.
 */
sealed interface Measured {
    /** How long a sample was taken where it does not say so. */
    Duration WINDOW = Duration.ofMinutes(1);

    /**
     * @param milli thousandths of the metric's unit
     */
    record Sample(long milli, Instant at, Duration window) {}

    /** By pod. */
    record OfPods(SortedMap<String, Sample> samples) implements Measured {}

    /** Of one object, or of something outside the cluster. */
    record Amount(long milli) implements Measured {}

    record Unknown(String why) implements Measured {}

    /** Empty while nothing was answered. */
    static Measured of(MetricSpec metric, Optional<ApiAnswer> answer) {
        return switch (metric.type()) {
            case RESOURCE, CONTAINER_RESOURCE ->
                    read(answer, "resource", "pods.metrics.k8s.io", list -> usage(metric, list));
            case PODS -> read(answer, "custom", "pods.custom.metrics.k8s.io", Measured::pods);
            case OBJECT ->
                    read(
                            answer,
                            "custom",
                            "*.custom.metrics.k8s.io",
                            list -> new Amount(milli(list.path("items").path(0), "value")));
            case EXTERNAL ->
                    read(
                            answer,
                            "external",
                            metric.name() + ".external.metrics.k8s.io",
                            Measured::sum);
        };
    }

    /** How a list of metrics is read. */
    interface Reading {
        Measured of(JsonNode list);
    }

    private static Measured read(
            Optional<ApiAnswer> answer, String api, String resource, Reading reading) {
        return switch (answer.orElse(new ApiAnswer.Refused(503, "", ""))) {
            case ApiAnswer.Refused refused ->
                    new Unknown(
                            "unable to fetch metrics from %s metrics API: %s"
                                    .formatted(api, problem(refused, resource)));
            case ApiAnswer.Found found ->
                    found.object().tree().path("items").isEmpty()
                            ? new Unknown("no metrics returned from %s metrics API".formatted(api))
                            : reading.of(found.object().tree());
        };
    }

    /** Compat: what client-go says where an answer is no Status of the API itself. */
    private static String problem(ApiAnswer.Refused refused, String resource) {
        if (refused.message().contains("metric")) {
            return refused.message();
        }
        return switch (refused.code()) {
            case 404 ->
                    "the server could not find the requested resource (get %s)".formatted(resource);
            case 503 ->
                    "the server is currently unable to handle the request (get %s)"
                            .formatted(resource);
            default -> refused.message();
        };
    }

    /** A pod of which a container tells nothing is left out. */
    private static Measured usage(MetricSpec metric, JsonNode list) {
        SortedMap<String, Sample> samples = new TreeMap<>();
        for (JsonNode pod : list.path("items")) {
            OptionalLong used = used(metric, pod.path("containers"));
            if (used.isPresent()) {
                samples.put(
                        Resource.text(pod.path("metadata"), "name"),
                        sample(used.getAsLong(), pod, window(Resource.text(pod, "window"))));
            }
        }
        return new OfPods(samples);
    }

    private static OptionalLong used(MetricSpec metric, JsonNode containers) {
        long sum = 0;
        boolean isFound = false;
        for (JsonNode each : containers) {
            String only = metric.container();
            if (!only.isEmpty() && !only.equals(Resource.text(each, "name"))) {
                continue;
            }
            Optional<Quantity> amount =
                    Quantity.parse(Resource.text(each.path("usage"), metric.name()));
            if (amount.isEmpty()) {
                return OptionalLong.empty();
            }
            sum += amount.get().toMilli();
            isFound = true;
        }
        return isFound ? OptionalLong.of(sum) : OptionalLong.empty();
    }

    private static Measured pods(JsonNode list) {
        SortedMap<String, Sample> samples = new TreeMap<>();
        for (JsonNode each : list.path("items")) {
            JsonNode seconds = each.path("windowSeconds");
            Duration window = seconds.isNumber() ? Duration.ofSeconds(seconds.asLong()) : WINDOW;
            samples.put(
                    Resource.text(each.path("describedObject"), "name"),
                    sample(milli(each, "value"), each, window));
        }
        return new OfPods(samples);
    }

    private static Measured sum(JsonNode list) {
        long sum = 0;
        for (JsonNode each : list.path("items")) {
            sum += milli(each, "value");
        }
        return new Amount(sum);
    }

    private static Sample sample(long milli, JsonNode item, Duration window) {
        Instant at = Resource.instant(item.path("timestamp")).orElse(Instant.EPOCH);
        return new Sample(milli, at, window);
    }

    private static long milli(JsonNode item, String field) {
        return Quantity.parse(Resource.text(item, field)).orElse(Quantity.ZERO).toMilli();
    }

    /** As Go writes durations; metrics servers write seconds, with minutes before them. */
    private static Duration window(String text) {
        try {
            return Duration.parse("PT" + text);
        } catch (DateTimeParseException other) {
            return WINDOW;
        }
    }
}
