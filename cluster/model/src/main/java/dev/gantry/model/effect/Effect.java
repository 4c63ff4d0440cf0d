package dev.gantry.model.effect;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One thing that a placement writes besides the pod. */
public sealed interface Effect {
    /** The field that says which effect a JSON object is. */
    String FIELD = "effect";

    /**
     * The object that is written to, as the decision saw it.
     *
     * @param namespace empty for a cluster-scoped one
     */
    record Target(String namespace, String name, Uid uid, Revision revision) {
        /** {@code namespace/name}, or just the name. */
        public String path() {
            return namespace.isEmpty() ? name : namespace + "/" + name;
        }
    }

    /** The PersistentVolumeClaim and the PersistentVolume belong to each other from now on. */
    record BindVolume(Target claim, Target volume) implements Effect {}

    /** A volume is to be provisioned for the PersistentVolumeClaim, to be reached from the node. */
    record SelectNode(Target claim, String node) implements Effect {}

    /**
     * The ResourceClaim gets its devices, and is reserved for the pod.
     *
     * @param allocation as it stands in the claim's status
     */
    record AllocateClaim(Target claim, ObjectNode allocation) implements Effect {}

    /**
     * A ResourceClaim is made for extended resources of the pod, has its devices at once, and is
     * reserved for the pod, whose status tells of it.
     *
     * @param claim the object to be stored
     * @param mappings as in the pod's {@code status.extendedResourceClaimStatus}
     */
    record MakeClaim(ObjectNode claim, ObjectNode allocation, ArrayNode mappings)
            implements Effect {
        public String name() {
            return Resource.text(claim.path("metadata"), "name");
        }

        /** {@code namespace/name} of the claim. */
        public String path() {
            return Resource.text(claim.path("metadata"), "namespace") + "/" + name();
        }
    }

    /** The ResourceClaim, which has its devices, is reserved for the pod. */
    record ReserveClaim(Target claim) implements Effect {}

    /**
     * The pod gives the ResourceClaim back, which gives its devices back unless others use it; one
     * that was made for the pod's extended resources is no more. Holds for just the claim's
     * revision: read again, it must not take what the claim was given since.
     */
    record FreeClaim(Target claim) implements Effect {}

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
                json.set("claim", json(allocate.claim));
                json.set("allocation", allocate.allocation);
            }
            case MakeClaim make -> {
                json.put(FIELD, "MakeClaim");
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
                            ? Optional.of(new MakeClaim(object, allocation, mappings))
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
                new Revision(json.path("revision").asLong(0)));
    }
}
