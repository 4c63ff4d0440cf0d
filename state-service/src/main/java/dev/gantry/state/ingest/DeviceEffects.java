package dev.gantry.state.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.effect.Effect;
import dev.gantry.model.effect.Effect.Target;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.log.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives claims their devices and reserves them for pods.
 *
 * <p>Compat: dynamicresources' {@code bindClaim}. A claim may have changed in other ways since the
 * scheduler saw it, since what is asked of a claim cannot change: what counts is whether it is the
 * same claim, not leaving, and (not) allocated.
 */
final class DeviceEffects {
    private static final String FINALIZER = "resource.kubernetes.io/delete-protection";
    private static final GroupResource CLAIMS = BuiltinKind.RESOURCE_CLAIM.resource();
    private static final String TIMESTAMP = "allocationTimestamp";
    private static final String FOR_RESOURCES = "resource.kubernetes.io/extended-resource-claim";
    private static final int MOST_CONSUMERS = 256;

    private DeviceEffects() {}

    static Optional<String> allocate(Effect.AllocateClaim effect, Resource pod, Draft draft) {
        Optional<StoredObject> stored = find(effect.claim(), draft);
        if (stored.isEmpty()) {
            return Optional.of("resourceclaim %s is no more".formatted(effect.claim().path()));
        }
        Resource claim = stored.get().decode();
        JsonNode before = claim.status().path("allocation");
        if (before.isObject() && !isSame(before, effect.allocation())) {
            return Optional.of(
                    "claim %s got allocated elsewhere in the meantime"
                            .formatted(effect.claim().path()));
        }
        if (!claim.finalizers().contains(FINALIZER)) {
            array(claim.mutableMetadata(), "finalizers").add(FINALIZER);
        }
        if (!before.isObject()) {
            Resource.child(claim.tree(), "status").set("allocation", effect.allocation());
        }
        return reserve(stored.get(), claim, pod, draft);
    }

    /** The claim that has just the devices which this effect on behalf of the pod gives it. */
    static Optional<Resource> given(Effect effect, Uid pod, Draft draft) {
        return switch (effect) {
            case Effect.AllocateClaim allocate ->
                    find(allocate.claim(), draft)
                            .map(StoredObject::decode)
                            .filter(claim -> has(claim, allocate.allocation()));
            case Effect.MakeClaim make ->
                    made(make, draft)
                            .filter(claim -> isMadeFor(pod, claim))
                            .filter(claim -> has(claim, make.allocation()));
            default -> Optional.empty();
        };
    }

    private static boolean has(Resource claim, ObjectNode allocation) {
        return isSame(claim.status().path("allocation"), allocation);
    }

    private static Optional<Resource> made(Effect.MakeClaim effect, Draft draft) {
        String namespace = new Resource(effect.claim()).namespace();
        return draft.get(CLAIMS, namespace, effect.name()).map(StoredObject::decode);
    }

    /** Whether it was taken in before; only then has it a time. */
    private static boolean isSame(JsonNode stored, ObjectNode allocation) {
        return stored instanceof ObjectNode before
                && before.deepCopy().without(TIMESTAMP).equals(allocation);
    }

    /**
     * Compat: {@code createExtendedResourceClaimInAPI} and {@code
     * patchPodExtendedResourceClaimStatus}; here with the binding, so that no claim is left over
     * where that fails.
     */
    static Optional<String> make(Effect.MakeClaim effect, Resource pod, Draft draft) {
        var claim = new Resource(effect.claim().deepCopy());
        if (made(effect, draft).isPresent()) {
            return given(effect, pod.uid(), draft).isPresent()
                    ? Optional.empty()
                    : Optional.of("there is a resourceclaim %s already".formatted(effect.path()));
        }
        String seed = pod.uid() + "/extended-resources/" + draft.now();
        ObjectNode metadata = claim.mutableMetadata();
        metadata.put("uid", UUID.nameUUIDFromBytes(seed.getBytes(UTF_8)).toString());
        metadata.put("creationTimestamp", Conditions.timestamp(draft.now()));
        metadata.putArray("finalizers").add(FINALIZER);
        ObjectNode status = Resource.child(claim.tree(), "status");
        status.set("allocation", timed(effect.allocation(), draft));
        addConsumer(status.putArray("reservedFor"), pod);
        draft.add(claim, CLAIMS);
        Resource.child(pod.tree(), "status")
                .putObject("extendedResourceClaimStatus")
                .put("resourceClaimName", claim.name())
                .set("requestMappings", effect.mappings());
        return Optional.empty();
    }

    static Optional<String> reserve(Target target, Resource pod, Draft draft) {
        Optional<StoredObject> stored = find(target, draft);
        if (stored.isEmpty()) {
            return Optional.of("resourceclaim %s is no more".formatted(target.path()));
        }
        Resource claim = stored.get().decode();
        return claim.status().path("allocation").isObject()
                ? reserve(stored.get(), claim, pod, draft)
                : Optional.of("claim %s is not allocated any more".formatted(target.path()));
    }

    private static boolean isMadeFor(Uid pod, Resource claim) {
        return claim.annotations().containsKey(FOR_RESOURCES)
                && claim.controller().filter(each -> each.uid().equals(pod)).isPresent();
    }

    static boolean isReservedFor(Uid pod, Resource claim) {
        return claim.status()
                .path("reservedFor")
                .valueStream()
                .anyMatch(each -> Resource.text(each, "uid").equals(pod.value()));
    }

    /**
     * Compat: {@code PostFilter} and {@code Unreserve}; the claim keeps its finalizer, as there.
     */
    static Optional<String> free(Target target, Resource pod, Draft draft) {
        Optional<StoredObject> stored = find(target, draft);
        if (stored.isEmpty()) {
            return Optional.of("resourceclaim %s is no more".formatted(target.path()));
        }
        if (!stored.get().revision().equals(target.revision())) {
            return Optional.of(
                    "claim %s has changed since it was looked at".formatted(target.path()));
        }
        Resource claim = stored.get().decode();
        if (isMadeFor(pod.uid(), claim)) {
            draft.remove(stored.get());
            Resource.child(pod.tree(), "status").remove("extendedResourceClaimStatus");
            return Optional.empty();
        }
        ObjectNode status = Resource.child(claim.tree(), "status");
        ArrayNode consumers = array(status, "reservedFor");
        int before = consumers.size();
        consumers.removeIf(each -> Resource.text(each, "uid").equals(pod.uid().value()));
        if (consumers.isEmpty()) {
            status.remove(List.of("allocation", "reservedFor", "devices"));
        } else if (consumers.size() == before) {
            return Optional.of("claim %s is in use".formatted(target.path()));
        }
        draft.put(stored.get(), claim);
        return Optional.empty();
    }

    private static Optional<String> reserve(
            StoredObject stored, Resource claim, Resource pod, Draft draft) {
        if (claim.isBeingDeleted()) {
            return Optional.of("claim %s got deleted in the meantime".formatted(claim.name()));
        }
        if (isReservedFor(pod.uid(), claim)) {
            return Optional.empty();
        }
        ObjectNode status = Resource.child(claim.tree(), "status");
        ArrayNode consumers = array(status, "reservedFor");
        if (consumers.size() >= MOST_CONSUMERS) {
            return Optional.of(
                    "claim %s is reserved for %d pods already"
                            .formatted(claim.name(), consumers.size()));
        }
        addConsumer(consumers, pod);
        status.set("allocation", timed(status.path("allocation"), draft));
        draft.put(stored, claim);
        return Optional.empty();
    }

    /** Compat: from this time on it counts how long pods wait for conditions of the devices. */
    private static JsonNode timed(JsonNode allocation, Draft draft) {
        return allocation.hasNonNull(TIMESTAMP)
                ? allocation
                : ((ObjectNode) allocation.deepCopy())
                        .put(TIMESTAMP, Conditions.timestamp(draft.now()));
    }

    private static void addConsumer(ArrayNode consumers, Resource pod) {
        consumers
                .addObject()
                .put("resource", "pods")
                .put("name", pod.name())
                .put("uid", pod.uid().value());
    }

    private static Optional<StoredObject> find(Target target, Draft draft) {
        return draft.get(CLAIMS, target.namespace(), target.name())
                .filter(each -> each.decode().uid().equals(target.uid()));
    }

    private static ArrayNode array(ObjectNode parent, String name) {
        return parent.get(name) instanceof ArrayNode found ? found : parent.putArray(name);
    }
}
