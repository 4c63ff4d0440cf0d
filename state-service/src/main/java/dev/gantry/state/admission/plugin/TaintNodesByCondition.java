package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.MutatingPlugin;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A new node gets no pods before it was seen to be ready. Compat: {@code nodetaint}. */
final class TaintNodesByCondition implements MutatingPlugin {
    private static final String NOT_READY = "node.kubernetes.io/not-ready";
    private static final String EFFECT = "NoSchedule";

    @Override
    public Optional<Refusal> admit(AdmissionRequest request, ClusterView view) {
        if (request.creates(Kinds.NODE)) {
            addTaint(Resource.child(request.object(), "spec"));
        }
        return Optional.empty();
    }

    private static void addTaint(ObjectNode spec) {
        ArrayNode taints =
                spec.path("taints") instanceof ArrayNode found ? found : spec.putArray("taints");
        for (JsonNode each : taints) {
            if (Resource.text(each, "key").equals(NOT_READY)
                    && Resource.text(each, "effect").equals(EFFECT)) {
                return;
            }
        }
        taints.addObject().put("effect", EFFECT).put("key", NOT_READY);
    }
}
