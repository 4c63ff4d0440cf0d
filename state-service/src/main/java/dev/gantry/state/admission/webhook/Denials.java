package dev.gantry.state.admission.webhook;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionFault;
import dev.gantry.state.validation.GoText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What clients are told. Compat: {@code webhook/errors} and {@code ErrCallingWebhook}. */
final class Denials {
    private static final int BAD_REQUEST = 400;

    private Denials() {}

    /** Compat: {@code ToStatusErr}: the webhook's own status, with a code that is an error. */
    static Refusal denied(String webhook, JsonNode status) {
        String by = "admission webhook %s denied the request".formatted(GoText.quote(webhook));
        String reason = text(status, "reason");
        String why = text(status, "message").isEmpty() ? reason : text(status, "message");
        ObjectNode details = status.path("details") instanceof ObjectNode given ? given : nothing();
        return new Refusal.Denied(
                Math.max(BAD_REQUEST, status.path("code").asInt(0)),
                reason,
                why.isEmpty() ? by + " without explanation" : by + ": " + why,
                details);
    }

    /** The webhook could not be asked, and the request may not go on without it. */
    static Refusal failed(String webhook, String why) {
        return internal("failed calling webhook %s: %s".formatted(GoText.quote(webhook), why));
    }

    static Refusal internal(String why) {
        return AdmissionFault.of(why);
    }

    static Refusal noDryRun(String webhook) {
        return new Refusal.BadRequest(
                "admission webhook %s does not support dry run".formatted(GoText.quote(webhook)));
    }

    static Refusal notForThis(String webhook) {
        return internal(
                "admission webhook %s attempted to modify the object, which is not supported for"
                                .formatted(GoText.quote(webhook))
                        + " this operation");
    }

    static Refusal outOfTime() {
        return new Refusal.Timeout("Timeout: request did not complete within requested timeout");
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }
}
