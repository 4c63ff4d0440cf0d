package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.selector.LabelSelector;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * A PersistentVolumeClaim as placement sees it.
 *
 * @param className empty where the claim wants volumes without a class
 * @param volumeName empty where it names none
 * @param isBound whether the two are bound to each other for good
 * @param selectedNode where a volume shall be provisioned for it; empty where none is selected
 * @param ownerUid of the pod or other object that controls the claim; empty where none does
 */
public record VolumeClaim(
        String namespace,
        String name,
        Uid uid,
        Revision revision,
        String className,
        String volumeName,
        boolean isBound,
        boolean isLost,
        boolean isLeaving,
        SortedSet<String> accessModes,
        String volumeMode,
        Optional<Quantity> asked,
        LabelSelector selector,
        String selectedNode,
        String ownerUid,
        String attributesClass) {
    public static final String ONE_POD_ONLY = "ReadWriteOncePod";

    private static final String BETA_CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
    private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    public static VolumeClaim of(Resource claim) {
        JsonNode spec = claim.spec();
        String volume = Resource.text(spec, "volumeName");
        JsonNode wanted = spec.path("selector");
        return new VolumeClaim(
                claim.namespace(),
                claim.name(),
                claim.uid(),
                claim.revision(),
                classOf(claim),
                volume,
                !volume.isEmpty() && claim.annotations().containsKey(BIND_COMPLETED),
                Resource.text(claim.status(), "phase").equals("Lost"),
                claim.isBeingDeleted(),
                texts(spec.path("accessModes")),
                modeOf(spec),
                quantity(spec.path("resources").path("requests")),
                wanted.isObject() ? LabelSelector.of(wanted) : LabelSelector.EVERYTHING,
                claim.annotations().getOrDefault(SELECTED_NODE, ""),
                claim.controller().map(each -> each.uid().value()).orElse(""),
                Resource.text(spec, "volumeAttributesClassName"));
    }

    /** Namespace and name in one. */
    public String key() {
        return namespace + "/" + name;
    }

    /** The claim once the node has been written to it. */
    VolumeClaim onNode(String node) {
        return new VolumeClaim(
                namespace,
                name,
                uid,
                revision,
                className,
                volumeName,
                isBound,
                isLost,
                isLeaving,
                accessModes,
                volumeMode,
                asked,
                selector,
                node,
                ownerUid,
                attributesClass);
    }

    /** Compat: the annotation of old goes before the field, in claims as in volumes. */
    static String classOf(Resource object) {
        String old = object.annotations().get(BETA_CLASS);
        return old == null ? Resource.text(object.spec(), "storageClassName") : old;
    }

    static String modeOf(JsonNode spec) {
        String mode = Resource.text(spec, "volumeMode");
        return mode.isEmpty() ? "Filesystem" : mode;
    }

    static Optional<Quantity> quantity(JsonNode amounts) {
        JsonNode found = amounts.path("storage");
        return found.isMissingNode() ? Optional.empty() : Quantity.parse(found.asString(""));
    }

    static SortedSet<String> texts(JsonNode list) {
        SortedSet<String> found = new TreeSet<>();
        list.forEach(each -> found.add(each.asString("")));
        return found;
    }
}
