package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.ValidatingPlugin;
import dev.gantry.state.validation.Sameness;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A pod on a node is changed only in ways that its node says it can follow. Compat: {@code
 * nodedeclaredfeatures}, and what component-helpers' {@code InferForPodUpdate} makes of an update.
 */
final class NodeDeclaredFeatures implements ValidatingPlugin {
    private static final Set<String> SUBRESOURCES = Set.of("", "resize");

    @Override
    public Optional<Refusal> validate(AdmissionRequest request, ClusterView view) {
        boolean isUpdate =
                request.kind().equals(Kinds.POD)
                        && request.operation() == Operation.UPDATE
                        && SUBRESOURCES.contains(request.subresource());
        String node = isUpdate ? Resource.text(request.resource().spec(), "nodeName") : "";
        if (node.isEmpty()) {
            return Optional.empty();
        }
        List<String> needed =
                needed(request.stored().orElseThrow().spec(), request.resource().spec());
        if (needed.isEmpty()) {
            return Optional.empty();
        }
        Optional<Resource> found = view.get(new ObjectKey(Resources.NODES, "", node));
        if (found.isEmpty()) {
            return refuse(request, "node \"%s\" not found".formatted(node));
        }
        found.get()
                .status()
                .path("declaredFeatures")
                .forEach(each -> needed.remove(each.asString("")));
        return needed.isEmpty()
                ? Optional.empty()
                : refuse(
                        request,
                        "pod update requires features %s which are not available on node \"%s\""
                                .formatted(String.join(", ", needed), node));
    }

    /** In the order of their names. */
    private static List<String> needed(JsonNode before, JsonNode now) {
        List<String> needed = new ArrayList<>();
        if (!Sameness.same(before.path("resources"), now.path("resources"))) {
            needed.add("InPlacePodLevelResourcesVerticalScaling");
        }
        if (resizesInit(before.path("initContainers"), now.path("initContainers"))) {
            needed.add("InPlacePodVerticalScalingInitContainers");
        }
        return needed;
    }

    private static boolean resizesInit(JsonNode before, JsonNode now) {
        for (int i = 0; i < before.size(); i++) {
            JsonNode container = before.path(i);
            boolean isSidecar = Resource.text(container, "restartPolicy").equals("Always");
            boolean isSame =
                    Sameness.same(container.path("resources"), now.path(i).path("resources"));
            if (!isSidecar && !isSame) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Refusal> refuse(AdmissionRequest request, String why) {
        return Optional.of(
                new Refusal.Forbidden(request.kind().resource(), request.resource().name(), why));
    }
}
