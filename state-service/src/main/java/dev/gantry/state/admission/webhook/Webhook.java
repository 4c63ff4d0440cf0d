package dev.gantry.state.admission.webhook;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.state.admission.WebhookCall;
import dev.gantry.state.admission.WebhookCall.Destination;
import dev.gantry.state.admission.WebhookCall.ServicePort;
import dev.gantry.state.admission.condition.MatchConditions;
import dev.gantry.state.admission.match.Matching;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One webhook of a configuration.
 *
 * @param identity differs from that of every other webhook
 * @param reviewVersion of the AdmissionReview that it is sent
 */
record Webhook(
        String name,
        String identity,
        Matching matching,
        MatchConditions conditions,
        Destination destination,
        Duration timeout,
        Manner manner,
        String reviewVersion) {
    /**
     * How it is dealt with.
     *
     * @param failsOpen whether the request goes on where the webhook cannot be called
     * @param toleratesDryRun whether it may be asked about what will not be stored
     * @param isReinvoked whether it wants to see what others changed after it
     */
    record Manner(boolean failsOpen, boolean toleratesDryRun, boolean isReinvoked) {}

    private static final List<String> REVIEW_VERSIONS = List.of("v1", "v1beta1");
    private static final int DEFAULT_SECONDS = 10;
    private static final int HTTPS = 443;

    static Webhook of(JsonNode tree, String identity) {
        String sideEffects = text(tree, "sideEffects");
        return new Webhook(
                text(tree, "name"),
                identity,
                Matching.of(tree),
                MatchConditions.of(tree.path("matchConditions")),
                destination(tree.path("clientConfig")),
                Duration.ofSeconds(tree.path("timeoutSeconds").asInt(DEFAULT_SECONDS)),
                new Manner(
                        text(tree, "failurePolicy").equals("Ignore"),
                        sideEffects.equals("None") || sideEffects.equals("NoneOnDryRun"),
                        text(tree, "reinvocationPolicy").equals("IfNeeded")),
                reviewVersion(tree.path("admissionReviewVersions")));
    }

    private static Destination destination(JsonNode config) {
        JsonNode service = config.path("service");
        Optional<ServicePort> port =
                service.isObject()
                        ? Optional.of(
                                new ServicePort(
                                        text(service, "namespace"),
                                        text(service, "name"),
                                        service.path("port").asInt(HTTPS),
                                        text(service, "path")))
                        : Optional.empty();
        return new WebhookCall.Destination(
                text(config, "url"), port, decoded(text(config, "caBundle")));
    }

    /** Compat: the first that is known here. */
    private static String reviewVersion(JsonNode accepted) {
        for (JsonNode each : accepted) {
            if (REVIEW_VERSIONS.contains(each.asString(""))) {
                return each.asString("");
            }
        }
        return "v1";
    }

    private static String decoded(String base64) {
        return new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
    }
}
