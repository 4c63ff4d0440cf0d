package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.MutatingPlugin;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod stays for five minutes on a node that is not ready or unreachable, unless it says
 * otherwise. Compat: {@code defaulttolerationseconds}.
 */
final class DefaultTolerationSeconds implements MutatingPlugin {
    private static final int SECONDS = 300;
    private static final List<String> TAINTS =
            List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

    @Override
    public Optional<Refusal> admit(AdmissionRequest request, ClusterView view) {
        boolean isMeant =
                request.kind().equals(Kinds.POD)
                        && request.operation() != AdmissionRequest.Operation.DELETE
                        && request.subresource().isEmpty();
        if (isMeant) {
            TAINTS.forEach(taint -> tolerate(Resource.child(request.object(), "spec"), taint));
        }
        return Optional.empty();
    }

    private static void tolerate(ObjectNode spec, String taint) {
        for (JsonNode each : spec.path("tolerations")) {
            if (covers(each, taint)) {
                return;
            }
        }
        ArrayNode tolerations =
                spec.path("tolerations") instanceof ArrayNode found
                        ? found
                        : spec.putArray("tolerations");
        tolerations
                .addObject()
                .put("effect", "NoExecute")
                .put("key", taint)
                .put("operator", "Exists")
                .put("tolerationSeconds", SECONDS);
    }

    private static boolean covers(JsonNode toleration, String taint) {
        String key = Resource.text(toleration, "key");
        String effect = Resource.text(toleration, "effect");
        return (key.equals(taint) || key.isEmpty())
                && (effect.equals("NoExecute") || effect.isEmpty());
    }
}
