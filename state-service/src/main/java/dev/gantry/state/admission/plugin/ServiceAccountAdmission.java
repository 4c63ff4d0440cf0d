package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.admission.AdmissionRequest;
import dev.gantry.state.admission.ClusterView;
import dev.gantry.state.admission.MutatingPlugin;
import dev.gantry.state.admission.ValidatingPlugin;
import dev.gantry.state.strategy.Defaults;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives a pod its ServiceAccount, the account's image pull secrets, and the volume with its token.
 * Compat: {@code plugin/pkg/admission/serviceaccount}.
 */
final class ServiceAccountAdmission implements MutatingPlugin, ValidatingPlugin {
    private static final String MIRROR = "kubernetes.io/config.mirror";

    @Override
    public Optional<Refusal> admit(AdmissionRequest request, ClusterView view) {
        if (!request.creates(Kinds.POD)) {
            return Optional.empty();
        }
        ObjectNode spec = Resource.child(request.object(), "spec");
        if (isMirror(request)) {
            return mirror(request, spec);
        }
        Defaults.text(spec, "serviceAccountName", "default");
        String name = Resource.text(spec, "serviceAccountName");
        spec.put("serviceAccount", name);
        String namespace = request.resource().namespace();
        var key = new ObjectKey(Resources.SERVICE_ACCOUNTS, namespace, name);
        Optional<Resource> account = view.get(key);
        if (account.isEmpty()) {
            return refuse(
                    request,
                    "error looking up service account %s/%s: serviceaccount \"%s\" not found"
                            .formatted(namespace, name, name));
        }
        if (wantsToken(spec, account.get())) {
            TokenVolume.mount(spec, request.seed());
        }
        pullSecrets(spec, account.get());
        return Optional.empty();
    }

    @Override
    public Optional<Refusal> validate(AdmissionRequest request, ClusterView view) {
        return request.creates(Kinds.POD) && isMirror(request)
                ? mirror(request, Resource.child(request.object(), "spec"))
                : Optional.empty();
    }

    private static boolean isMirror(AdmissionRequest request) {
        return request.resource().annotations().containsKey(MIRROR);
    }

    /** The shadow of a pod that a node runs on its own may not reach for the cluster's secrets. */
    private static Optional<Refusal> mirror(AdmissionRequest request, ObjectNode spec) {
        if (!Resource.text(spec, "serviceAccountName").isEmpty()) {
            return refuse(request, "a mirror pod may not reference service accounts");
        }
        for (JsonNode volume : spec.path("volumes")) {
            if (volume.hasNonNull("secret")) {
                return refuse(request, "a mirror pod may not reference secrets");
            }
            for (JsonNode source : volume.path("projected").path("sources")) {
                if (source.hasNonNull("serviceAccountToken")) {
                    return refuse(
                            request,
                            "a mirror pod may not use ServiceAccountToken volume projections");
                }
            }
        }
        return Optional.empty();
    }

    /** The pod's own word counts before the account's. */
    private static boolean wantsToken(ObjectNode spec, Resource account) {
        String field = "automountServiceAccountToken";
        JsonNode word = spec.hasNonNull(field) ? spec.path(field) : account.tree().path(field);
        return word.asBoolean(true);
    }

    private static void pullSecrets(ObjectNode spec, Resource account) {
        if (!spec.path("imagePullSecrets").isEmpty()
                || account.tree().path("imagePullSecrets").isEmpty()) {
            return;
        }
        ArrayNode copied = spec.putArray("imagePullSecrets");
        account.tree()
                .path("imagePullSecrets")
                .forEach(each -> copied.addObject().put("name", Resource.text(each, "name")));
    }

    private static Optional<Refusal> refuse(AdmissionRequest request, String why) {
        return Optional.of(
                new Refusal.Forbidden(request.kind().resource(), request.resource().name(), why));
    }
}
