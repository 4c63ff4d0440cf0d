package dev.gantry.state.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.device.Readiness;
import dev.gantry.model.effect.Effect;
import dev.gantry.model.effect.Effect.Target;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.selector.NodeTerm;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.schema.WrittenForm;
import dev.gantry.state.validation.Sameness;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives claims their devices and reserves them for pods.
 *
 * <p>Compat: dynamicresources' {@code bindClaim}. A claim gets devices at just the revision that
 * the scheduler saw; read again, a word would else give devices that are somebody else's by now.
 * One that has them is shared by whoever may, whatever else has changed.
 */
final class DeviceEffects {
    private static final String FINALIZER = "resource.kubernetes.io/delete-protection";
    private static final GroupResource CLAIMS = Resources.RESOURCE_CLAIMS;
    private static final String TIMESTAMP = "allocationTimestamp";
    private static final StructType ALLOCATION =
            Schema.builtin().type("api.resource.v1.AllocationResult").orElseThrow();
    private static final String FOR_RESOURCES = "resource.kubernetes.io/extended-resource-claim";
    private static final int MOST_CONSUMERS = 256;

    private DeviceEffects() {}

    static Optional<String> allocate(Effect.AllocateClaim effect, Resource pod, Draft draft) {
        Target target = effect.target();
        Optional<StoredObject> stored = find(target, draft);
        if (stored.isEmpty()) {
            return Optional.of("resourceclaim %s is no more".formatted(target.path()));
        }
        Resource claim = stored.get().decode();
        JsonNode before = claim.status().path("allocation");
        if (before.isObject() && !isSame(before, effect.allocation())) {
            return Optional.of(
                    "claim %s got allocated elsewhere in the meantime".formatted(target.path()));
        }
        if (!before.isObject() && target.isAnsweredBy(stored.get().revision())) {
            return Optional.of(changed(target));
        }
        if (!claim.finalizers().contains(FINALIZER)) {
            Resource.array(claim.mutableMetadata(), "finalizers").add(FINALIZER);
        }
        if (!before.isObject()) {
            Resource.child(claim.tree(), "status").set("allocation", effect.allocation());
        }
        return reserve(stored.get(), claim, pod, draft);
    }

    /** Whether a claim has just the devices that a word on the pod gives it. */
    static boolean haveGiven(Binding word, Draft draft) {
        return word.effects().stream()
                .flatMap(each -> Effect.of(each).stream())
                .anyMatch(
                        each ->
                                each instanceof Effect.GivesDevices gives
                                        && hasGiven(gives, word.uid(), draft));
    }

    private static boolean hasGiven(Effect.GivesDevices effect, Uid pod, Draft draft) {
        Optional<Resource> claim =
                switch (effect) {
                    case Effect.AllocateClaim allocate ->
                            find(allocate.target(), draft).map(StoredObject::decode);
                    case Effect.MakeClaim make ->
                            made(make, draft).filter(each -> isMadeFor(pod, each));
                };
        return claim.filter(each -> isSame(each.status().path("allocation"), effect.allocation()))
                .isPresent();
    }

    private static Optional<Resource> made(Effect.MakeClaim effect, Draft draft) {
        Target target = effect.target();
        return draft.get(CLAIMS, target.namespace(), target.name()).map(StoredObject::decode);
    }

    /** Whether it was taken in before; only then has it a time. */
    private static boolean isSame(JsonNode stored, ObjectNode allocation) {
        if (!(stored instanceof ObjectNode before)) {
            return false;
        }
        ObjectNode now = allocation.deepCopy();
        ObjectNode then = before.deepCopy().without(TIMESTAMP);
        WrittenForm.complete(now, ALLOCATION);
        WrittenForm.complete(then, ALLOCATION);
        return Sameness.same(then, now);
    }

    /**
     * Compat: {@code createExtendedResourceClaimInAPI} and {@code
     * patchPodExtendedResourceClaimStatus}; here with the binding, so that no claim is left over
     * where that fails.
     */
    static Optional<String> make(Effect.MakeClaim effect, Resource pod, Draft draft) {
        var claim = new Resource(effect.claim().deepCopy());
        if (made(effect, draft).isPresent()) {
            return hasGiven(effect, pod.uid(), draft)
                    ? Optional.empty()
                    : Optional.of(
                            "there is a resourceclaim %s already"
                                    .formatted(effect.target().path()));
        }
        if (effect.target().isAnsweredBy(pod.revision())) {
            return Optional.of("the pod has changed since it was looked at");
        }
        if (hasOneForResources(pod, draft)) {
            return Optional.of("the pod has a resourceclaim for its extended resources already");
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

    private static boolean hasOneForResources(Resource pod, Draft draft) {
        JsonNode told = pod.status().path("extendedResourceClaimStatus");
        return draft.get(CLAIMS, pod.namespace(), Resource.text(told, "resourceClaimName"))
                .isPresent();
    }

    /** With a binding, the pod is to run at once. */
    static Optional<String> reserve(Target target, Binding word, Resource pod, Draft draft) {
        Optional<StoredObject> stored = find(target, draft);
        if (stored.isEmpty()) {
            return Optional.of("resourceclaim %s is no more".formatted(target.path()));
        }
        Resource claim = stored.get().decode();
        if (!claim.status().path("allocation").isObject()) {
            return Optional.of("claim %s is not allocated any more".formatted(target.path()));
        }
        if (!isUsableFrom(word.space(), claim, draft)) {
            return Optional.of(
                    "claim %s cannot be used from node %s".formatted(target.path(), word.space()));
        }
        return word.isPlaced() && !Readiness.of(claim).equals(Readiness.READY)
                ? Optional.of("the devices of claim %s are not ready".formatted(target.path()))
                : reserve(stored.get(), claim, pod, draft);
    }

    private static boolean isUsableFrom(String node, Resource claim, Draft draft) {
        JsonNode selector = claim.status().path("allocation").path("nodeSelector");
        return !selector.isObject()
                || draft.get(Resources.NODES, "", node)
                        .map(StoredObject::labels)
                        .filter(
                                labels ->
                                        NodeTerm.anySelects(
                                                NodeTerm.listOf(selector), node, labels))
                        .isPresent();
    }

    private static boolean isMadeFor(Uid pod, Resource claim) {
        return claim.annotations().containsKey(FOR_RESOURCES)
                && claim.controller().filter(each -> each.uid().equals(pod)).isPresent();
    }

    private static boolean isReservedFor(Uid pod, Resource claim) {
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
        if (target.isAnsweredBy(stored.get().revision())) {
            return Optional.of(changed(target));
        }
        Resource claim = stored.get().decode();
        if (isMadeFor(pod.uid(), claim)) {
            draft.remove(stored.get());
            Resource.child(pod.tree(), "status").remove("extendedResourceClaimStatus");
            return Optional.empty();
        }
        ObjectNode status = Resource.child(claim.tree(), "status");
        ArrayNode consumers = Resource.array(status, "reservedFor");
        int before = consumers.size();
        consumers.removeIf(each -> Resource.text(each, "uid").equals(pod.uid().value()));
        if (consumers.isEmpty()) {
            status.remove(List.of("allocation", "reservedFor", "devices"));
        } else if (consumers.size() == before) {
            return Optional.of("claim %s is in use".formatted(target.path()));
        }
        draft.putAll(stored.get(), claim);
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
        ArrayNode consumers = Resource.array(status, "reservedFor");
        if (consumers.size() >= MOST_CONSUMERS) {
            return Optional.of(
                    "claim %s is reserved for %d pods already"
                            .formatted(claim.name(), consumers.size()));
        }
        addConsumer(consumers, pod);
        status.set("allocation", timed(status.path("allocation"), draft));
        draft.putAll(stored, claim);
        return Optional.empty();
    }

    /** Compat: from this time on it counts how long pods wait for conditions of the devices. */
    private static JsonNode timed(JsonNode allocation, Draft draft) {
        return allocation.hasNonNull(TIMESTAMP)
                ? allocation
                : ((ObjectNode) allocation.deepCopy())
                        .put(TIMESTAMP, Conditions.timestamp(draft.now()));
    }

    private static String changed(Target target) {
        return "claim %s has changed since it was looked at".formatted(target.path());
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
                .filter(each -> each.uid().equals(target.uid()));
    }
}
