package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.effect.Effect.Target;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.selector.LabelSelector;
import java.util.Optional;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;

/**
 * A PersistentVolumeClaim as placement sees it.
 *
 * @param target the claim itself, for what is to be written to it
 * @param wanted what the volume must be like
 * @param selectedNode where a volume shall be provisioned for it; empty where none is selected
 * @param ownerUid of the pod or other object that controls the claim; empty where none does
 */
public record VolumeClaim(
        Target target,
        VolumeTraits wanted,
        Optional<Quantity> asked,
        LabelSelector selector,
        ClaimBinding binding,
        String selectedNode,
        String ownerUid,
        boolean isLeaving) {
    public static final String ONE_POD_ONLY = "ReadWriteOncePod";

    private static final String BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
    private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";

    /**
     * @param volume empty where the claim names none
     * @param isDone whether the two are bound to each other for good
     * @param isLost whether the volume that it had is gone
     */
    public record ClaimBinding(String volume, boolean isDone, boolean isLost) {
        static ClaimBinding of(Resource claim) {
            String volume = Resource.text(claim.spec(), "volumeName");
            return new ClaimBinding(
                    volume,
                    !volume.isEmpty() && claim.annotations().containsKey(BIND_COMPLETED),
                    Resource.text(claim.status(), "phase").equals("Lost"));
        }
    }

    public static VolumeClaim of(Resource claim) {
        JsonNode spec = claim.spec();
        JsonNode selector = spec.path("selector");
        return new VolumeClaim(
                Target.of(claim),
                VolumeTraits.of(claim),
                quantity(spec.path("resources").path("requests")),
                selector.isObject() ? LabelSelector.of(selector) : LabelSelector.EVERYTHING,
                ClaimBinding.of(claim),
                claim.annotations().getOrDefault(SELECTED_NODE, ""),
                claim.controller().map(each -> each.uid().value()).orElse(""),
                claim.isBeingDeleted());
    }

    public String namespace() {
        return target.namespace();
    }

    public String name() {
        return target.name();
    }

    /** Namespace and name in one. */
    public String key() {
        return target.path();
    }

    /** Empty where the claim wants volumes without a class. */
    public String className() {
        return wanted.className();
    }

    public SortedSet<String> accessModes() {
        return wanted.accessModes();
    }

    /** Empty where the claim names none. */
    public String volumeName() {
        return binding.volume();
    }

    public boolean isBound() {
        return binding.isDone();
    }

    public boolean isLost() {
        return binding.isLost();
    }

    /** The claim once the node has been written to it. */
    VolumeClaim onNode(String node) {
        return new VolumeClaim(target, wanted, asked, selector, binding, node, ownerUid, isLeaving);
    }

    static Optional<Quantity> quantity(JsonNode amounts) {
        JsonNode found = amounts.path("storage");
        return found.isMissingNode() ? Optional.empty() : Quantity.parse(found.asString(""));
    }
}
