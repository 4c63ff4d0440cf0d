package dev.gantry.state.admission.match;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.schema.GroupVersionKind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request as webhooks and policies see it. Compat: {@code AdmissionRequest} of {@code
 * admission.k8s.io}.
 *
 * @param version in which they see the object
 * @param object null at a deletion
 * @param oldObject null but for updates and deletions
 */
public record ShownRequest(
        AdmissionRequest request, ServedVersion version, JsonNode object, JsonNode oldObject) {
    /** All but the object and what it was. */
    public ObjectNode facts() {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        putTypes(facts, "kind", "resource", "subResource", version);
        putTypes(
                facts,
                "requestKind",
                "requestResource",
                "requestSubResource",
                request.subject().version());
        putUnlessEmpty(facts, "name", Requests.nameOf(request));
        putUnlessEmpty(facts, "namespace", Requests.namespaceOf(request));
        facts.put("operation", request.operation().name());
        facts.set("userInfo", userInfo(request.caller()));
        facts.put("dryRun", request.context().isDryRun());
        facts.set("options", options());
        return facts;
    }

    private JsonNode options() {
        WriteOptions options = request.context().options();
        return switch (request.operation()) {
            case CREATE -> options.tree("CreateOptions");
            case UPDATE -> options.tree("UpdateOptions");
            case DELETE -> options.tree("DeleteOptions");
            case CONNECT -> nothing();
        };
    }

    private void putTypes(
            ObjectNode facts, String kind, String resource, String part, ServedVersion as) {
        GroupVersionKind body = request.subject().body(as);
        facts.putObject(kind)
                .put("group", body.group())
                .put("version", body.version())
                .put("kind", body.kind());
        Kind own = as.kind();
        facts.putObject(resource)
                .put("group", own.group())
                .put("version", own.version())
                .put("resource", own.plural());
        putUnlessEmpty(facts, part, request.subresource());
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
            user.set("extra", caller.extraTree());
        }
        return user;
    }

    private static JsonNode nothing() {
        return JsonNodeFactory.instance.nullNode();
    }

    private static void putUnlessEmpty(ObjectNode target, String field, String value) {
        if (!value.isEmpty()) {
            target.put(field, value);
        }
    }
}
