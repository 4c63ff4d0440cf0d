package dev.gantry.controller.storage.persistentvolume;

import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The two references that make a binding, as changed copies; empty where they stand already. */
final class ClaimVolumeBinding {
    private static final String YES = "yes";

    private ClaimVolumeBinding() {}

    static Optional<Resource> volume(Resource volume, Resource claim) {
        boolean isWhole =
                Storage.isKeptFor(volume, claim)
                        && Storage.claimUid(volume).equals(claim.uid().value());
        if (isWhole) {
            return Optional.empty();
        }
        Resource bound = volume.copy();
        Resource.child(bound.tree(), "spec")
                .putObject("claimRef")
                .put("kind", "PersistentVolumeClaim")
                .put("namespace", claim.namespace())
                .put("name", claim.name())
                .put("uid", claim.uid().value())
                .put("apiVersion", "v1")
                .put("resourceVersion", claim.revision().toString());
        if (!Storage.isKeptFor(volume, claim)) {
            annotate(bound, Storage.BY_CONTROLLER, YES);
        }
        return Optional.of(bound);
    }

    static Optional<Resource> claim(Resource claim, Resource volume) {
        boolean isNamed = Storage.volumeName(claim).equals(volume.name());
        if (isNamed && Storage.isComplete(claim)) {
            return Optional.empty();
        }
        Resource bound = claim.copy();
        if (!isNamed) {
            Resource.child(bound.tree(), "spec").put("volumeName", volume.name());
            annotate(bound, Storage.BY_CONTROLLER, YES);
        }
        annotate(bound, Storage.COMPLETED, YES);
        return Optional.of(bound);
    }

    /**
     * A reference of ours goes; of a person's only the uid does, so that the name is still kept.
     */
    static Resource dissolved(Resource volume) {
        Resource free = volume.copy();
        ObjectNode spec = Resource.child(free.tree(), "spec");
        if (!volume.annotations().containsKey(Storage.BY_CONTROLLER)) {
            Resource.child(spec, "claimRef").remove("uid");
            return free;
        }
        spec.remove("claimRef");
        ObjectNode annotations = Resource.child(free.mutableMetadata(), "annotations");
        annotations.remove(Storage.BY_CONTROLLER);
        if (annotations.isEmpty()) {
            free.mutableMetadata().remove("annotations");
        }
        return free;
    }

    static void annotate(Resource own, String key, String value) {
        Resource.child(own.mutableMetadata(), "annotations").put(key, value);
    }
}
