package dev.gantry.controller.storage.persistentvolume;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** How claims, volumes and classes are read. */
final class Storage {
    static final GroupResource CLAIMS = Resources.PERSISTENT_VOLUME_CLAIMS;
    static final GroupResource VOLUMES = Resources.PERSISTENT_VOLUMES;
    static final GroupResource CLASSES = Resources.STORAGE_CLASSES;
    static final GroupResource PODS = Resources.PODS;

    /** On a claim: both sides refer to each other. */
    static final String COMPLETED = "pv.kubernetes.io/bind-completed";

    /** On either side: its reference to the other was not written by a person. */
    static final String BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";

    static final String PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";
    static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
    static final String PROVISIONER = "volume.kubernetes.io/storage-provisioner";
    static final String OLD_PROVISIONER = "volume.beta.kubernetes.io/storage-provisioner";

    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";
    private static final String OLD_DEFAULT = "storageclass.beta.kubernetes.io/is-default-class";

    private Storage() {}

    /** The class of a claim or a volume; empty for none. */
    static String className(Resource object) {
        String old = object.annotations().get(OLD_CLASS);
        return old != null ? old : Resource.text(object.spec(), "storageClassName");
    }

    /** Unlike an empty name, no name at all may be filled with the default. */
    static boolean hasClassName(Resource claim) {
        return claim.annotations().containsKey(OLD_CLASS)
                || claim.spec().path("storageClassName").isString();
    }

    static boolean isDefault(Resource storageClass) {
        return "true".equals(storageClass.annotations().get(DEFAULT))
                || "true".equals(storageClass.annotations().get(OLD_DEFAULT));
    }

    static boolean waitsForConsumer(Resource storageClass) {
        return Resource.text(storageClass.tree(), "volumeBindingMode")
                .equals("WaitForFirstConsumer");
    }

    static boolean isComplete(Resource claim) {
        return claim.annotations().containsKey(COMPLETED);
    }

    static String volumeName(Resource claim) {
        return Resource.text(claim.spec(), "volumeName");
    }

    static String phase(Resource object) {
        return Resource.text(object.status(), "phase");
    }

    static String volumeMode(Resource object) {
        String mode = Resource.text(object.spec(), "volumeMode");
        return mode.isEmpty() ? "Filesystem" : mode;
    }

    static SortedSet<String> accessModes(Resource object) {
        SortedSet<String> modes = new TreeSet<>();
        object.spec().path("accessModes").forEach(each -> modes.add(each.asString("")));
        return modes;
    }

    static Quantity requested(Resource claim) {
        return quantity(claim.spec().path("resources").path("requests").path("storage"));
    }

    static Quantity capacity(Resource volume) {
        return quantity(volume.spec().path("capacity").path("storage"));
    }

    /** The claim that a volume is kept for, where it is. */
    static Optional<ObjectKey> claimOf(Resource volume) {
        JsonNode reference = volume.spec().path("claimRef");
        return reference.isObject()
                ? Optional.of(
                        new ObjectKey(
                                CLAIMS,
                                Resource.text(reference, "namespace"),
                                Resource.text(reference, "name")))
                : Optional.empty();
    }

    /** Empty also where the volume is only kept for a name. */
    static String claimUid(Resource volume) {
        return Resource.text(volume.spec().path("claimRef"), "uid");
    }

    /** Kept for this claim, by name at least, and for no earlier one of the name. */
    static boolean isKeptFor(Resource volume, Resource claim) {
        boolean isNamed = claimOf(volume).filter(claim.key(CLAIMS)::equals).isPresent();
        String uid = claimUid(volume);
        return isNamed && (uid.isEmpty() || uid.equals(claim.uid().value()));
    }

    static ObjectKey volumeKey(String name) {
        return new ObjectKey(VOLUMES, "", name);
    }

    static Quantity quantity(JsonNode node) {
        return Quantity.parse(node.asString("")).orElse(Quantity.ZERO);
    }
}
