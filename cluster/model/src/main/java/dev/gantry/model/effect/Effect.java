package dev.gantry.model.effect;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One thing that a placement writes besides the pod.
 *
 * <p>Invariant: what takes something holds for just the revision of the object that the decision
 * looked at. So there is one answer to such an effect, and {@link Target#isAnsweredBy} finds it:
 * the object at any later revision. It has what the effect gives it, or has had it, or never will,
 * however often the message is read again.
 */
public sealed interface Effect {
    /** The field that says which effect a JSON object is. */
    String FIELD = "effect";

    /**
     * The object that is written to, as the decision saw it.
     *
     * @param namespace empty for a cluster-scoped one
     */
    record Target(String namespace, String name, Uid uid, Revision revision) {
        public static Target of(Resource object) {
            return new Target(object.namespace(), object.name(), object.uid(), object.revision());
        }

        /** {@code namespace/name}, or just the name. */
        public String path() {
            return namespace.isEmpty() ? name : namespace + "/" + name;
        }

        /** Whether the object, as it is at this revision, tells what has become of the effect. */
        public boolean isAnsweredBy(Revision told) {
            return told.isAfter(revision);
        }
    }

    /** What is written to volumes and to claims for them. */
    sealed interface OnVolumes extends Effect {}

    /** What is written to ResourceClaims. */
    sealed interface OnDevices extends Effect {}

    /** A claim gets devices, and is reserved for the pod. */
    sealed interface GivesDevices extends OnDevices {
        Target target();

        /** As it stands in the claim's status. */
        ObjectNode allocation();
    }

    /** The PersistentVolumeClaim and the PersistentVolume belong to each other from now on. */
    record BindVolume(Target claim, Target volume) implements OnVolumes {}

    /** A volume is to be provisioned for the PersistentVolumeClaim, to be reached from the node. */
    record SelectNode(Target claim, String node) implements OnVolumes {}

    /** The ResourceClaim, which has no devices yet, gets them. */
    record AllocateClaim(Target target, ObjectNode allocation) implements GivesDevices {}

    /**
     * A ResourceClaim is made for extended resources of the pod, and has its devices at once. It is
     * named in the pod's status: so the precondition is the pod's revision.
     *
     * @param seen the pod's revision
     * @param claim the object to be stored
     * @param mappings as in the pod's {@code status.extendedResourceClaimStatus}
     */
    record MakeClaim(Revision seen, ObjectNode claim, ObjectNode allocation, ArrayNode mappings)
            implements GivesDevices {
        /** Nobody knows its uid yet. */
        @Override
        public Target target() {
            JsonNode metadata = claim.path("metadata");
            return new Target(
                    Resource.text(metadata, "namespace"),
                    Resource.text(metadata, "name"),
                    new Uid(""),
                    seen);
        }
    }

    /**
     * The ResourceClaim, which has devices that can be used from the pod's node, is reserved for
     * the pod. With a binding they must be ready, too. It takes nothing, so that many pods can
     * share the claim, and holds for any revision at which all that is so.
     */
    record ReserveClaim(Target claim) implements OnDevices {}

    /**
     * The pod gives the ResourceClaim back, which gives its devices back unless others use it; one
     * that was made for the pod's extended resources is no more.
     */
    record FreeClaim(Target claim) implements OnDevices {}

    /** As they stand in a message. */
    static List<ObjectNode> toJson(List<Effect> effects) {
        return effects.stream().map(effect -> effect.toJson()).toList();
    }

    default ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (this) {
            case BindVolume bind -> {
                json.put(FIELD, "BindVolume");
                json.set("claim", json(bind.claim));
                json.set("volume", json(bind.volume));
            }
            case SelectNode select -> {
                json.put(FIELD, "SelectNode").put("node", select.node);
                json.set("claim", json(select.claim));
            }
            case AllocateClaim allocate -> {
                json.put(FIELD, "AllocateClaim");
                json.set("claim", json(allocate.target));
                json.set("allocation", allocate.allocation);
            }
            case MakeClaim make -> {
                json.put(FIELD, "MakeClaim").put("seen", make.seen.value());
                json.set("claim", make.claim);
                json.set("allocation", make.allocation);
                json.set("mappings", make.mappings);
            }
            case ReserveClaim reserve -> {
                json.put(FIELD, "ReserveClaim");
                json.set("claim", json(reserve.claim));
            }
            case FreeClaim free -> {
                json.put(FIELD, "FreeClaim");
                json.set("claim", json(free.claim));
            }
        }
        return json;
    }

    /** Empty where the object is no effect that this version knows. */
    static Optional<Effect> of(ObjectNode json) {
        Target claim = target(json.path("claim"));
        return switch (Resource.text(json, FIELD)) {
            case "BindVolume" -> Optional.of(new BindVolume(claim, target(json.path("volume"))));
            case "SelectNode" -> Optional.of(new SelectNode(claim, Resource.text(json, "node")));
            case "AllocateClaim" ->
                    json.get("allocation") instanceof ObjectNode allocation
                            ? Optional.of(new AllocateClaim(claim, allocation))
                            : Optional.empty();
            case "MakeClaim" ->
                    json.get("claim") instanceof ObjectNode object
                                    && json.get("allocation") instanceof ObjectNode allocation
                                    && json.get("mappings") instanceof ArrayNode mappings
                            ? Optional.of(
                                    new MakeClaim(
                                            revision(json.path("seen")),
                                            object,
                                            allocation,
                                            mappings))
                            : Optional.empty();
            case "ReserveClaim" -> Optional.of(new ReserveClaim(claim));
            case "FreeClaim" -> Optional.of(new FreeClaim(claim));
            default -> Optional.empty();
        };
    }

    private static ObjectNode json(Target target) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return json.put("namespace", target.namespace)
                .put("name", target.name)
                .put("uid", target.uid.value())
                .put("revision", target.revision.value());
    }

    private static Target target(JsonNode json) {
        return new Target(
                Resource.text(json, "namespace"),
                Resource.text(json, "name"),
                new Uid(Resource.text(json, "uid")),
                revision(json.path("revision")));
    }

    private static Revision revision(JsonNode number) {
        return new Revision(number.asLong(0));
    }
}
