package dev.gantry.agent.probe;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How and how often a container is asked.
 *
 * @param action the whole probe, of which {@code exec}, {@code httpGet}, {@code tcpSocket} or
 *     {@code grpc} counts
 * @param grace for a container killed because of this probe, where it has its own
 */
public record ProbeSettings(
        JsonNode action,
        Duration initialDelay,
        Duration timeout,
        Duration period,
        int successThreshold,
        int failureThreshold,
        Optional<Duration> grace) {
    /** Compat: the defaults of the API. */
    public static ProbeSettings of(JsonNode probe) {
        JsonNode grace = probe.path("terminationGracePeriodSeconds");
        return new ProbeSettings(
                probe,
                seconds(probe, "initialDelaySeconds", 0),
                seconds(probe, "timeoutSeconds", 1),
                seconds(probe, "periodSeconds", 10),
                Math.max(1, probe.path("successThreshold").asInt(1)),
                Math.max(1, probe.path("failureThreshold").asInt(3)),
                grace.isNumber()
                        ? Optional.of(Duration.ofSeconds(grace.asLong()))
                        : Optional.empty());
    }

    /** However the clock is set, there is never more between two questions. */
    public Duration longestWait() {
        return initialDelay.compareTo(period) > 0 ? initialDelay : period;
    }

    private static Duration seconds(JsonNode probe, String field, int otherwise) {
        int found = probe.path(field).asInt(otherwise);
        return Duration.ofSeconds(found <= 0 ? otherwise : found);
    }
}
