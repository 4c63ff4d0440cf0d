package dev.gantry.state.admission.webhook;

import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.match.ShownRequest;
import dev.gantry.state.definition.ServedVersion;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The question that a webhook is sent. Compat: {@code CreateV1AdmissionReview}.
 *
 * @param round of the reinvocation
 */
record AdmissionReview(Webhook webhook, ShownRequest shown, int round) {
    static final String GROUP = "admission.k8s.io";

    AdmissionRequest request() {
        return shown.request();
    }

    ServedVersion version() {
        return shown.version();
    }

    /** The same for the same question, since a question is found again by what it says. */
    String uid() {
        String seed = request().context().uid() + "/" + webhook.identity() + "/" + round;
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }

    ObjectNode tree() {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("kind", "AdmissionReview");
        review.put("apiVersion", GROUP + "/" + webhook.reviewVersion());
        ObjectNode question = review.putObject("request");
        question.put("uid", uid());
        question.setAll(shown.facts());
        question.set("object", shown.object());
        question.set("oldObject", shown.oldObject());
        return review;
    }
}
