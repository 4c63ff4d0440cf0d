package dev.gantry.state.admission.webhook;

import dev.gantry.state.admission.Notes;
import dev.gantry.state.codec.json.GoJson;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the audit log is told about one call of a webhook. Compat: {@code webhookAnnotator} of the
 * mutating dispatcher, and the key of the validating one.
 *
 * @param place of the webhook: of a mutating one among all there are, of a validating one among
 *     those that are asked
 */
record CallAnnotations(Webhook webhook, int round, int place, Notes notes) {
    private static final String OF_MUTATION = "mutation.webhook.admission.k8s.io/";
    private static final String OF_PATCH = "patch.webhook.admission.k8s.io/";
    private static final String FAILED_OPEN = "failed-open.";
    private static final String OF_VALIDATION = "validating.webhook.admission.k8s.io/";

    /** The first word about a call counts. */
    void mutated(boolean isMutated) {
        ObjectNode value = webhookNames().put("mutated", isMutated);
        notes.annotate(key(OF_MUTATION), GoJson.of(value));
    }

    /** Of a patch that was applied; one without operations is none. */
    void patched(byte[] patch) {
        JsonNode operations = JsonMapper.shared().readTree(patch);
        if (operations.isEmpty()) {
            return;
        }
        ObjectNode value = webhookNames();
        for (JsonNode each : operations) {
            ObjectNode written = value.withArrayProperty("patch").addObject();
            each.propertyStream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(field -> written.set(field.getKey(), field.getValue()));
        }
        value.put("patchType", "JSONPatch");
        notes.annotate(key(OF_PATCH), GoJson.of(value));
    }

    void failedOpen(boolean isMutating) {
        String sort = isMutating ? OF_MUTATION : OF_VALIDATION;
        notes.annotate(key(FAILED_OPEN + sort), webhook.name());
    }

    private ObjectNode webhookNames() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("configuration", webhook.configuration())
                .put("webhook", webhook.name());
    }

    private String key(String prefix) {
        return "%sround_%d_index_%d".formatted(prefix, round, place);
    }
}
