package dev.gantry.state.admission.match;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.definition.ServedVersion;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether a request can be shown in a version. */
public sealed interface Showing {
    record Shown(ShownRequest request) implements Showing {}

    /** Not before a webhook has converted its objects: the calls are noted as open. */
    record Open() implements Showing {}

    record Failed(String why) implements Showing {}

    static Showing of(AdmissionRequest request, ServedVersion version) {
        Optional<ObjectNode> object =
                Optional.of(request.object()).filter(_ -> Requests.showsObject(request));
        Optional<ObjectNode> stored =
                request.stored().filter(_ -> Requests.showsStored(request)).map(Resource::tree);
        if (!ConvertedByWebhook.is(request.subject(), version)) {
            return new Shown(
                    new ShownRequest(
                            request,
                            version,
                            orNull(object.map(each -> copy(request, version, each))),
                            orNull(stored.map(each -> copy(request, version, each)))));
        }
        ConvertedByWebhook converted = ConvertedByWebhook.to(version, request.context());
        return both(request, version, object.map(converted::of), stored.map(converted::of));
    }

    private static ObjectNode copy(
            AdmissionRequest request, ServedVersion version, ObjectNode object) {
        ObjectNode shown = object.deepCopy();
        if (!request.subject().isOfObject()) {
            return shown;
        }
        shown = version.conversion().fromStored(shown);
        version.schema().toShownForm(shown);
        return shown;
    }

    private static Showing both(
            AdmissionRequest request,
            ServedVersion version,
            Optional<ConvertedByWebhook.Result> object,
            Optional<ConvertedByWebhook.Result> stored) {
        for (var each : List.of(object, stored)) {
            if (each.orElse(null) instanceof ConvertedByWebhook.Result.Failed(var why)) {
                return new Failed(why);
            }
        }
        for (var each : List.of(object, stored)) {
            if (each.orElse(null) instanceof ConvertedByWebhook.Result.Open) {
                return new Open();
            }
        }
        return new Shown(
                new ShownRequest(
                        request,
                        version,
                        orNull(object.flatMap(ConvertedByWebhook.Result::object)),
                        orNull(stored.flatMap(ConvertedByWebhook.Result::object))));
    }

    private static JsonNode orNull(Optional<ObjectNode> object) {
        return object.<JsonNode>map(each -> each).orElse(NullNode.instance);
    }
}
