package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.MutatingPlugin;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Volumes, claims and groups of pods stay while they are in use: a controller takes the finalizer
 * away. Compat: {@code storageobjectinuseprotection} and {@code PodGroupProtection}.
 */
final class InUseProtection implements MutatingPlugin {
    private static final String VOLUME = "kubernetes.io/pv-protection";
    private static final String ATTRIBUTES_CLASS = "kubernetes.io/vac-protection";
    private static final String POD_GROUP = "scheduling.k8s.io/podgroup-protection";
    private static final String CLAIM = "kubernetes.io/pvc-protection";

    @Override
    public Optional<Refusal> admit(AdmissionRequest request, ClusterView view) {
        if (request.creates(Kinds.PERSISTENT_VOLUME)) {
            protect(request, VOLUME);
        } else if (request.creates(Kinds.PERSISTENT_VOLUME_CLAIM)) {
            protect(request, CLAIM);
        } else if (request.creates(Kinds.VOLUME_ATTRIBUTES_CLASS)) {
            protect(request, ATTRIBUTES_CLASS);
        } else if (request.creates(Kinds.POD_GROUP)) {
            protect(request, POD_GROUP);
        }
        return Optional.empty();
    }

    private static void protect(AdmissionRequest request, String finalizer) {
        ObjectNode metadata = request.resource().mutableMetadata();
        ArrayNode finalizers =
                metadata.path("finalizers") instanceof ArrayNode found
                        ? found
                        : metadata.putArray("finalizers");
        for (JsonNode each : finalizers) {
            if (each.asString("").equals(finalizer)) {
                return;
            }
        }
        finalizers.add(finalizer);
    }
}
