package dev.gantry.state.admission;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A question to a webhook, to be asked outside.
 *
 * @param webhook its name
 * @param review the AdmissionReview that is posted
 */
public record WebhookCall(
        String webhook, Destination destination, Duration timeout, ObjectNode review) {
    /**
     * Where a webhook listens.
     *
     * @param url empty where a Service is given
     * @param authority PEM of whose certificates are trusted; empty for those that the system
     *     trusts
     */
    public record Destination(String url, Optional<ServicePort> service, String authority) {}

    /** A port of a Service of the cluster, and the path of the webhook there. */
    public record ServicePort(String namespace, String name, int port, String path) {}
}
