package dev.gantry.state.conversion;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.schema.structural.StructuralType;
import dev.gantry.state.webhook.WebhookCall.Destination;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What converts the objects of one definition between their versions.
 *
 * <p>Compat: {@code webhookConverter} of apiextensions-apiserver, and what its decoder does before
 * and after: an object that was stored gets today's defaults of the version that it is stored in,
 * and one that was converted loses what its version does not declare.
 *
 * @param name as the webhook is called
 * @param reviewVersion of the ConversionReview that it is sent
 * @param stored the version in which objects are written now; some may be stored in an older one
 * @param types of the versions, by what objects say their version is
 */
public record ConversionWebhook(
        String name,
        Destination destination,
        String reviewVersion,
        Kind stored,
        Map<String, StructuralType> types) {
    private static final List<String> REVIEW_VERSIONS = List.of("v1", "v1beta1");

    /**
     * Empty where the definition has its objects look the same in all versions.
     *
     * @param definition a CustomResourceDefinition
     */
    public static Optional<ConversionWebhook> of(
            Resource definition, Kind stored, Map<String, StructuralType> types) {
        JsonNode conversion = definition.spec().path("conversion");
        if (!Resource.text(conversion, "strategy").equals("Webhook")) {
            return Optional.empty();
        }
        JsonNode webhook = conversion.path("webhook");
        return Optional.of(
                new ConversionWebhook(
                        "conversion_webhook_for_" + definition.name(),
                        Destination.of(webhook.path("clientConfig")),
                        reviewVersion(webhook.path("conversionReviewVersions")),
                        stored,
                        types));
    }

    /** Compat: the first that is known here; validation sees to it that there is one. */
    private static String reviewVersion(JsonNode accepted) {
        return accepted.valueStream()
                .map(each -> each.asString(""))
                .filter(REVIEW_VERSIONS::contains)
                .findFirst()
                .orElse("v1");
    }

    /** What an object that was read from the log gets in place, in its own version. */
    public void complete(ObjectNode object) {
        StructuralType type = types.get(versionOf(object));
        if (type != null) {
            type.fillIn(object);
        }
    }

    /** Whether {@link #complete} may change objects of the version. */
    public boolean completes(String apiVersion) {
        StructuralType type = types.get(apiVersion);
        return type != null && type.hasDefaults();
    }

    /** Drops in place what the object's version does not declare. */
    void prune(ObjectNode object) {
        StructuralType type = types.get(versionOf(object));
        if (type != null) {
            type.prune(object);
        }
    }

    static String versionOf(ObjectNode object) {
        return object.path("apiVersion").asString("");
    }
}
