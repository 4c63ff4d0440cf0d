package dev.gantry.controller.storage.localvolume;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.storage.LocalStorage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A PersistentVolume of this provisioner. */
final class LocalVolume {
    static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

    /** Compat: keeps the volume until what is behind it is gone. */
    static final String FINALIZER = "external-provisioner.volume.kubernetes.io/finalizer";

    static final String HOST = "kubernetes.io/hostname";

    private LocalVolume() {}

    static boolean isOurs(Resource volume) {
        return LocalStorage.DRIVER.equals(volume.annotations().get(PROVISIONED_BY))
                && Resource.text(volume.spec().path("csi"), "driver").equals(LocalStorage.DRIVER);
    }

    /** One claim has one volume for all its life. */
    static String name(Resource claim) {
        return "pvc-" + claim.uid();
    }

    /** For the claim, on the node. */
    static Resource of(Resource claim, Resource storageClass, Resource node) {
        ObjectNode volume = JsonNodeFactory.instance.objectNode();
        volume.put("apiVersion", "v1").put("kind", "PersistentVolume");
        ObjectNode metadata = volume.putObject("metadata").put("name", name(claim));
        metadata.putObject("annotations").put(PROVISIONED_BY, LocalStorage.DRIVER);
        metadata.putArray("finalizers").add(FINALIZER);
        ObjectNode spec = volume.putObject("spec");
        spec.set("accessModes", claim.spec().path("accessModes").deepCopy());
        JsonNode size = claim.spec().path("resources").path("requests").path("storage");
        spec.putObject("capacity").set("storage", size.deepCopy());
        spec.put("volumeMode", "Filesystem");
        spec.put("storageClassName", storageClass.name());
        String policy = Resource.text(storageClass.tree(), "reclaimPolicy");
        spec.put("persistentVolumeReclaimPolicy", policy.isEmpty() ? "Delete" : policy);
        spec.putObject("csi").put("driver", LocalStorage.DRIVER).put("volumeHandle", name(claim));
        spec.putObject("claimRef")
                .put("apiVersion", "v1")
                .put("kind", "PersistentVolumeClaim")
                .put("namespace", claim.namespace())
                .put("name", claim.name())
                .put("uid", claim.uid().value());
        spec.putObject("nodeAffinity")
                .putObject("required")
                .putArray("nodeSelectorTerms")
                .addObject()
                .putArray("matchExpressions")
                .addObject()
                .put("key", HOST)
                .put("operator", "In")
                .putArray("values")
                .add(host(node));
        return new Resource(volume);
    }

    /** Of the node that holds it. */
    static String host(JsonNode spec) {
        return spec.path("nodeAffinity")
                .path("required")
                .path("nodeSelectorTerms")
                .path(0)
                .path("matchExpressions")
                .path(0)
                .path("values")
                .path(0)
                .asString("");
    }

    static String host(Resource node) {
        return node.labels().getOrDefault(HOST, node.name());
    }
}
