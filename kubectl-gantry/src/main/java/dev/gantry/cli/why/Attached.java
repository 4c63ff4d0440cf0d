package dev.gantry.cli.why;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a pod refers to and that is not there. */
final class Attached {
    private Attached() {}

    /** In the scheduler's own words where it has some. */
    static List<String> missing(ClusterObjects cluster, Resource pod) {
        List<String> missing = new ArrayList<>();
        for (JsonNode volume : pod.spec().path("volumes")) {
            String claim = Resource.text(volume.path("persistentVolumeClaim"), "claimName");
            if (!claim.isEmpty()) {
                ofVolume(cluster, pod.namespace(), claim).ifPresent(missing::add);
            }
        }
        for (JsonNode reference : pod.spec().path("resourceClaims")) {
            ofDevices(cluster, pod.namespace(), reference).ifPresent(missing::add);
        }
        return missing;
    }

    private static Optional<String> ofVolume(
            ClusterObjects cluster, String namespace, String claim) {
        Optional<Resource> found =
                cluster.get(key(Kinds.PERSISTENT_VOLUME_CLAIM, namespace, claim));
        if (found.isEmpty()) {
            return Optional.of("persistentvolumeclaim \"%s\" not found".formatted(claim));
        }
        if (!Resource.text(found.get().spec(), "volumeName").isEmpty()) {
            return Optional.empty();
        }
        String name = Resource.text(found.get().spec(), "storageClassName");
        Optional<Resource> storage = cluster.get(key(Kinds.STORAGE_CLASS, "", name));
        if (storage.isEmpty()) {
            return Optional.of(
                    name.isEmpty()
                            ? "its claim %s has no storage class, and no volume yet"
                                    .formatted(claim)
                            : "its claim %s waits for a volume of class %s, and there is no such storage class"
                                    .formatted(claim, name));
        }
        boolean isDelayed =
                Resource.text(storage.get().tree(), "volumeBindingMode")
                        .equals("WaitForFirstConsumer");
        return isDelayed
                ? Optional.empty()
                : Optional.of("its claim %s waits for a volume of class %s".formatted(claim, name));
    }

    private static Optional<String> ofDevices(
            ClusterObjects cluster, String namespace, JsonNode reference) {
        String claim = Resource.text(reference, "resourceClaimName");
        if (!claim.isEmpty()) {
            return cluster.get(key(Kinds.RESOURCE_CLAIM, namespace, claim)).isPresent()
                    ? Optional.empty()
                    : Optional.of("resourceclaim \"%s\" not found".formatted(claim));
        }
        String template = Resource.text(reference, "resourceClaimTemplateName");
        boolean isThere =
                template.isEmpty()
                        || cluster.get(key(Kinds.RESOURCE_CLAIM_TEMPLATE, namespace, template))
                                .isPresent();
        return isThere
                ? Optional.empty()
                : Optional.of("resourceclaimtemplate \"%s\" not found".formatted(template));
    }

    private static ObjectKey key(Kind kind, String namespace, String name) {
        return new ObjectKey(kind.resource(), namespace, name);
    }
}
