package dev.gantry.state.admission.plugin;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.ClusterView;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Which tokens a node may ask for: bound to a pod that runs on it, and for an audience that this
 * pod has use for.
 *
 * <p>Compat: {@code admitServiceAccount} and {@code podReferencesAudience} of NodeRestriction, with
 * ServiceAccountNodeAudienceRestriction.
 */
final class NodeTokens {
    private final String node;
    private final ClusterView view;

    NodeTokens(String node, ClusterView view) {
        this.node = node;
        this.view = view;
    }

    /** Why the token is refused; empty where it is given. */
    Optional<String> refusal(String namespace, JsonNode spec) {
        JsonNode bound = spec.path("boundObjectRef");
        String name = Resource.text(bound, "name");
        String uid = Resource.text(bound, "uid");
        boolean isPod =
                Resource.text(bound, "kind").equals("Pod")
                        && Resource.text(bound, "apiVersion").equals("v1");
        if (!isPod || name.isEmpty()) {
            return Optional.of("node requested token not bound to a pod");
        }
        if (uid.isEmpty()) {
            return Optional.of("node requested token with a pod binding without a uid");
        }
        Optional<Resource> pod = view.get(key(Kinds.POD, namespace, name));
        if (pod.isEmpty()) {
            return Optional.of("pod \"%s\" not found".formatted(name));
        }
        if (!pod.get().uid().value().equals(uid)) {
            return Optional.of(
                    "the UID in the bound object reference (%s) does not match the UID in record."
                                    .formatted(uid)
                            + " The object might have been deleted and then recreated");
        }
        return Resource.text(pod.get().spec(), "nodeName").equals(node)
                ? audience(pod.get(), spec.path("audiences"))
                : Optional.of("node requested token bound to a pod scheduled on a different node");
    }

    private Optional<String> audience(Resource pod, JsonNode audiences) {
        if (audiences.size() > 1) {
            return Optional.of("node may only request 0 or 1 audiences");
        }
        String audience = audiences.path(0).asString("");
        for (JsonNode volume : pod.spec().path("volumes")) {
            if (isProjectedFor(volume, audience) || isDriversFor(pod, volume, audience)) {
                return Optional.empty();
            }
        }
        return Optional.of("audience \"%s\" not found in pod spec volume".formatted(audience));
    }

    private static boolean isProjectedFor(JsonNode volume, String audience) {
        for (JsonNode source : volume.path("projected").path("sources")) {
            JsonNode token = source.path("serviceAccountToken");
            if (token.isObject() && Resource.text(token, "audience").equals(audience)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the volume's CSI driver gets tokens of this audience. */
    private boolean isDriversFor(Resource pod, JsonNode volume, String audience) {
        Optional<Resource> driver =
                driverOf(pod, volume).flatMap(name -> view.get(key(Kinds.CSI_DRIVER, "", name)));
        if (driver.isEmpty()) {
            return false;
        }
        for (JsonNode request : driver.get().spec().path("tokenRequests")) {
            if (Resource.text(request, "audience").equals(audience)) {
                return true;
            }
        }
        return false;
    }

    /** Of a volume of its own, or of the one behind its claim. */
    private Optional<String> driverOf(Resource pod, JsonNode volume) {
        JsonNode inline = volume.path("csi");
        if (inline.isObject()) {
            return Optional.of(Resource.text(inline, "driver"));
        }
        String claim =
                volume.path("ephemeral").isObject()
                        ? pod.name() + "-" + Resource.text(volume, "name")
                        : Resource.text(volume.path("persistentVolumeClaim"), "claimName");
        return claim.isEmpty()
                ? Optional.empty()
                : view.get(key(Kinds.PERSISTENT_VOLUME_CLAIM, pod.namespace(), claim))
                        .map(found -> Resource.text(found.spec(), "volumeName"))
                        .flatMap(name -> view.get(key(Kinds.PERSISTENT_VOLUME, "", name)))
                        .map(found -> Resource.text(found.spec().path("csi"), "driver"));
    }

    private static ObjectKey key(Kind kind, String namespace, String name) {
        return new ObjectKey(kind.resource(), namespace, name);
    }
}
