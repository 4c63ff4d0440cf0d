package dev.gantry.state.admission.webhook;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.match.Requests;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.schema.KindName;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The question that a webhook is sent. Compat: {@code CreateV1AdmissionReview}.
 *
 * @param version in which the webhook sees the object
 * @param round of the reinvocation
 */
record AdmissionReview(Webhook webhook, ServedVersion version, AdmissionRequest request, int round) {
    static final String GROUP = "admission.k8s.io";

    /** The same for the same question, since a question is found again by what it says. */
    String uid() {
        String seed = request.context().uid() + "/" + webhook.identity() + "/" + round;
        return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
    }

    ObjectNode tree() {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("kind", "AdmissionReview");
        review.put("apiVersion", GROUP + "/" + webhook.reviewVersion());
        ObjectNode question = review.putObject("request");
        question.put("uid", uid());
        putTypes(question, "kind", "resource", "subResource", version);
        putTypes(
                question,
                "requestKind",
                "requestResource",
                "requestSubResource",
                request.subject().version());
        putUnlessEmpty(question, "name", Requests.nameOf(request));
        putUnlessEmpty(question, "namespace", Requests.namespaceOf(request));
        question.put("operation", request.operation().name());
        question.set("userInfo", userInfo(request.caller()));
        question.set("object", object());
        question.set("oldObject", oldObject());
        question.put("dryRun", request.context().isDryRun());
        question.set("options", options());
        return review;
    }

    private void putTypes(
            ObjectNode question, String kind, String resource, String part, ServedVersion as) {
        KindName body = request.subject().body(as);
        question.putObject(kind)
                .put("group", body.group())
                .put("version", body.version())
                .put("kind", body.kind());
        Kind own = as.kind();
        question.putObject(resource)
                .put("group", own.group())
                .put("version", own.version())
                .put("resource", own.plural());
        putUnlessEmpty(question, part, request.subresource());
    }

    private JsonNode options() {
        WriteOptions options = request.context().options();
        return switch (request.operation()) {
            case CREATE -> options.tree("CreateOptions");
            case UPDATE -> options.tree("UpdateOptions");
            case DELETE -> options.tree("DeleteOptions");
            case CONNECT -> JsonNodeFactory.instance.nullNode();
        };
    }

    private JsonNode object() {
        return Requests.showsObject(request)
                ? shown(request.object())
                : JsonNodeFactory.instance.nullNode();
    }

    private JsonNode oldObject() {
        return Requests.showsStored(request)
                ? shown(request.stored().map(Resource::tree).orElseThrow())
                : JsonNodeFactory.instance.nullNode();
    }

    /** A copy, as the webhook reads and patches it. */
    ObjectNode shown(ObjectNode tree) {
        ObjectNode copy = tree.deepCopy();
        return request.subject().isOfObject() ? version.conversion().fromStored(copy) : copy;
    }

    private static ObjectNode userInfo(Caller caller) {
        ObjectNode user = JsonNodeFactory.instance.objectNode();
        putUnlessEmpty(user, "username", caller.user());
        putUnlessEmpty(user, "uid", caller.uid());
        if (!caller.groups().isEmpty()) {
            ArrayNode groups = user.putArray("groups");
            caller.groups().forEach(groups::add);
        }
        if (!caller.extra().isEmpty()) {
            ObjectNode extra = user.putObject("extra");
            caller.extra()
                    .forEach(
                            (key, values) -> {
                                ArrayNode list = extra.putArray(key);
                                values.forEach(list::add);
                            });
        }
        return user;
    }

    private static void putUnlessEmpty(ObjectNode target, String field, String value) {
        if (!value.isEmpty()) {
            target.put(field, value);
        }
    }
}
