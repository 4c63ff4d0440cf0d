package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.effect.Effect.Target;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.selector.NodeTerm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/**
 * A PersistentVolume as placement sees it.
 *
 * @param target the volume itself, for what is to be written to it
 * @param nodes terms of the nodes that can reach it; empty where all can
 * @param claim who has it, or shall have it
 * @param isAvailable whether its phase says that it is to be had
 * @param attachment what it takes of a node's attach limit, where a CSI driver attaches it
 */
public record Volume(
        Target target,
        VolumeTraits traits,
        Quantity capacity,
        SortedMap<String, String> labels,
        Optional<List<NodeTerm>> nodes,
        Optional<ClaimRef> claim,
        boolean isAvailable,
        boolean isLeaving,
        Optional<Attachment> attachment) {
    /**
     * @param uid empty where the volume was set aside for a claim by name
     */
    public record ClaimRef(String namespace, String name, String uid) {
        public boolean isTo(VolumeClaim other) {
            return name.equals(other.name())
                    && namespace.equals(other.namespace())
                    && (uid.isEmpty() || uid.equals(other.target().uid().value()));
        }
    }

    public static Volume of(Resource volume) {
        JsonNode spec = volume.spec();
        JsonNode required = spec.path("nodeAffinity").path("required");
        JsonNode ref = spec.path("claimRef");
        return new Volume(
                Target.of(volume),
                VolumeTraits.of(volume),
                VolumeClaim.quantity(spec.path("capacity")).orElse(Quantity.ZERO),
                volume.labels(),
                required.isObject() ? Optional.of(NodeTerm.listOf(required)) : Optional.empty(),
                ref.isObject() ? Optional.of(claimRef(ref)) : Optional.empty(),
                Resource.text(volume.status(), "phase").equals("Available"),
                volume.isBeingDeleted(),
                Attachment.of(spec, volume.labels()));
    }

    public String name() {
        return target.name();
    }

    /** Empty for a volume without a class. */
    public String className() {
        return traits.className();
    }

    /** Whether it is of the sort that the claim wants, whoever may mount it. */
    public boolean isLike(VolumeClaim other) {
        return traits.volumeMode().equals(other.wanted().volumeMode())
                && traits.attributesClass().equals(other.wanted().attributesClass());
    }

    /** Whether it can be mounted in each way that the claim asks for. */
    public boolean isMountableFor(VolumeClaim other) {
        return traits.accessModes().containsAll(other.accessModes());
    }

    /** Compat: only labels count here; a term on the node's name selects nothing. */
    public boolean isReachableFrom(Map<String, String> nodeLabels) {
        return nodes.map(terms -> NodeTerm.anySelects(terms, "", nodeLabels)).orElse(true);
    }

    /** The volume once it has been bound to the claim. */
    Volume boundTo(ClaimRef ref) {
        return new Volume(
                target,
                traits,
                capacity,
                labels,
                nodes,
                Optional.of(ref),
                isAvailable,
                isLeaving,
                attachment);
    }

    private static ClaimRef claimRef(JsonNode ref) {
        return new ClaimRef(
                Resource.text(ref, "namespace"),
                Resource.text(ref, "name"),
                Resource.text(ref, "uid"));
    }
}
