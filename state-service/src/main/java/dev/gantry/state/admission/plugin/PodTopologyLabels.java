package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.TopologyLabels;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.AdmissionRequest.Operation;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.MutatingPlugin;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod that gets its node by a client is told by its labels where that is. What our own scheduler
 * binds is labelled where its decision is checked.
 */
final class PodTopologyLabels implements MutatingPlugin {
    @Override
    public Optional<Refusal> admit(AdmissionRequest request, ClusterView view) {
        if (request.kind().equals(Kinds.POD) && request.operation() == Operation.CREATE) {
            String node = node(request);
            if (!node.isEmpty()) {
                label(request.object(), view.labels(new ObjectKey(Resources.NODES, "", node)));
            }
        }
        return Optional.empty();
    }

    /** Empty where the request gives none. */
    private static String node(AdmissionRequest request) {
        JsonNode target = request.object().path("target");
        return switch (request.subresource()) {
            case "" -> Resource.text(request.object().path("spec"), "nodeName");
            case "binding" ->
                    Resource.text(target, "kind").equals("Node")
                            ? Resource.text(target, "name")
                            : "";
            default -> "";
        };
    }

    private static void label(ObjectNode object, Map<String, String> ofNode) {
        var missing = TopologyLabels.missing(ofNode, new Resource(object).labels());
        if (!missing.isEmpty()) {
            ObjectNode labels = Resource.child(Resource.child(object, "metadata"), "labels");
            missing.forEach(labels::put);
        }
    }
}
