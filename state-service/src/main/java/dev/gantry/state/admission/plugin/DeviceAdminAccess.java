package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.ValidatingPlugin;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Devices that are in use are reached only from namespaces that are for administrators.
 *
 * <p>Compat: {@code AuthorizedForAdmin}, which upstream's strategies ask before they judge the
 * rest; it tells of the first such request, by a path that is the same for claims and templates.
 */
final class DeviceAdminAccess implements ValidatingPlugin {
    private static final String LABEL = "resource.kubernetes.io/admin-access";

    @Override
    public Optional<Refusal> validate(AdmissionRequest request, ClusterView view) {
        int asking = firstAsking(requests(request));
        if (asking < 0) {
            return Optional.empty();
        }
        Resource object = request.resource();
        ObjectKey namespace = new ObjectKey(Resources.NAMESPACES, "", object.namespace());
        if ("true".equals(view.labels(namespace).get(LABEL))) {
            return Optional.empty();
        }
        FieldError error =
                FieldError.forbidden(
                        "spec.devices.requests[%d].adminAccess".formatted(asking),
                        "admin access to devices requires the `%s: true` label on the containing"
                                        .formatted(LABEL)
                                + " namespace");
        return Optional.of(
                new Refusal.Invalid(
                        request.kind().group(),
                        request.kind().kindName(),
                        object.name(),
                        List.of(error)));
    }

    /** What a new claim, or one made by a new template, asks for. */
    private static JsonNode requests(AdmissionRequest request) {
        if (request.creates(Kinds.RESOURCE_CLAIM_TEMPLATE)) {
            return request.object().at("/spec/spec/devices/requests");
        }
        return request.creates(Kinds.RESOURCE_CLAIM)
                ? request.object().at("/spec/devices/requests")
                : MissingNode.getInstance();
    }

    private static int firstAsking(JsonNode requests) {
        for (int i = 0; i < requests.size(); i++) {
            if (requests.path(i).at("/exactly/adminAccess").asBoolean(false)) {
                return i;
            }
        }
        return -1;
    }
}
