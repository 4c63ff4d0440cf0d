package dev.gantry.state.admission.webhook;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.state.admission.condition.MatchConditions;
import dev.gantry.state.admission.match.Matching;
import dev.gantry.state.webhook.WebhookCall.Destination;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * One webhook of a configuration.
 *
 * @param identity differs from that of every other webhook: its configuration and its place there
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

    static Webhook of(JsonNode tree, String identity) {
        String sideEffects = text(tree, "sideEffects");
        return new Webhook(
                text(tree, "name"),
                identity,
                Matching.of(tree),
                MatchConditions.of(tree.path("matchConditions")),
                Destination.of(tree.path("clientConfig")),
                Duration.ofSeconds(tree.path("timeoutSeconds").asInt(DEFAULT_SECONDS)),
                new Manner(
                        text(tree, "failurePolicy").equals("Ignore"),
                        sideEffects.equals("None") || sideEffects.equals("NoneOnDryRun"),
                        text(tree, "reinvocationPolicy").equals("IfNeeded")),
                reviewVersion(tree.path("admissionReviewVersions")));
    }

    /** The name of the configuration that it stands in. */
    String configuration() {
        return identity.substring(0, identity.lastIndexOf('/'));
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
}
