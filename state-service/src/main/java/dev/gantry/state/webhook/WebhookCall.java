package dev.gantry.state.webhook;

import static dev.gantry.model.meta.Resource.text;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A question to a webhook, to be asked outside.
 *
 * @param webhook its name
 * @param review what is posted: an AdmissionReview or a ConversionReview
 * @param occasion empty where objects are to be converted
 */
public record WebhookCall(
        String webhook,
        Destination destination,
        Duration timeout,
        ObjectNode review,
        Optional<Occasion> occasion) {
    /**
     * The write that admission asks about.
     *
     * @param operation such as {@code CREATE}
     * @param failsOpen whether the write goes on where the webhook cannot be called
     */
    public record Occasion(boolean isMutating, String operation, boolean failsOpen) {}

    /**
     * Where a webhook listens.
     *
     * @param url empty where a Service is given
     * @param authority PEM of whose certificates are trusted; empty for those that the system
     *     trusts
     */
    public record Destination(String url, Optional<ServicePort> service, String authority) {
        private static final int HTTPS = 443;

        /** A {@code WebhookClientConfig}. */
        public static Destination of(JsonNode clientConfig) {
            JsonNode service = clientConfig.path("service");
            Optional<ServicePort> port =
                    service.isObject()
                            ? Optional.of(
                                    new ServicePort(
                                            text(service, "namespace"),
                                            text(service, "name"),
                                            service.path("port").asInt(HTTPS),
                                            text(service, "path")))
                            : Optional.empty();
            byte[] bundle = Base64.getMimeDecoder().decode(text(clientConfig, "caBundle"));
            return new Destination(
                    text(clientConfig, "url"), port, new String(bundle, StandardCharsets.UTF_8));
        }
    }

    /** A port of a Service of the cluster, and the path of the webhook there. */
    public record ServicePort(String namespace, String name, int port, String path) {}
}
