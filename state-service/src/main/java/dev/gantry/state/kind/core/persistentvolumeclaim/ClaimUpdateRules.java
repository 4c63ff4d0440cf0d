package dev.gantry.state.kind.core.persistentvolumeclaim;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.state.kind.core.pod.SpecDifference;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Sameness;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What may change about a claim: the volume once, from none; the class from none; and the size and
 * the volume's attributes while it is bound. Compat: {@code ValidatePersistentVolumeClaimUpdate}.
 */
final class ClaimUpdateRules {
    private static final String CLASS = "storageClassName";
    private static final String ATTRIBUTES = "volumeAttributesClassName";
    private static final String CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

    private ClaimUpdateRules() {}

    static void check(Field claim, ObjectNode stored) {
        Field spec = claim.child("spec");
        annotation(claim, stored);
        JsonNode before = stored.path("spec");
        if (before instanceof ObjectNode old) {
            ObjectNode allowed = allowed(claim.value(), old);
            if (!Sameness.same(allowed, spec.value())) {
                spec.forbidden(
                        "spec is immutable after creation except resources.requests and"
                                + " volumeAttributesClassName for bound claims\n"
                                + SpecDifference.of(allowed, spec.value()));
            }
        }
        size(spec, stored);
        spec.child("volumeMode").at("volumeMode").immutable(before.path("volumeMode"));
        attributes(spec.child(ATTRIBUTES), before.path(ATTRIBUTES));
    }

    /** The stored spec with what the update says where it may say something new. */
    private static ObjectNode allowed(JsonNode claim, ObjectNode before) {
        JsonNode spec = claim.path("spec");
        ObjectNode allowed = before.deepCopy();
        if (Resource.text(before, "volumeName").isEmpty()) {
            take(allowed, spec, "volumeName");
        }
        if (!before.hasNonNull(CLASS)) {
            take(allowed, spec, CLASS);
        }
        boolean isBound = Resource.text(claim.path("status"), "phase").equals("Bound");
        if (isBound && spec.path("resources").path("requests").has("storage")) {
            ObjectNode requests = Resource.child(Resource.child(allowed, "resources"), "requests");
            take(requests, spec.path("resources").path("requests"), "storage");
        }
        if (isBound && spec.hasNonNull(ATTRIBUTES)) {
            take(allowed, spec, ATTRIBUTES);
        }
        return allowed;
    }

    private static void take(ObjectNode into, JsonNode from, String field) {
        if (from instanceof ObjectNode object) {
            Trees.keep(into, object, field);
        }
    }

    private static void annotation(Field claim, ObjectNode stored) {
        JsonNode before = stored.path("metadata").path("annotations").path(CLASS_ANNOTATION);
        Field now = claim.child("metadata", "annotations").key(CLASS_ANNOTATION);
        String name = Resource.text(claim.value().path("spec"), CLASS);
        boolean isUpgrade =
                before.isString()
                        && !stored.path("spec").hasNonNull(CLASS)
                        && name.equals(before.asString())
                        && !now.isSet();
        if (!isUpgrade) {
            now.at("metadata.annotations[" + CLASS_ANNOTATION + "]").immutable(before);
        }
    }

    /** Compat: after a growth that failed, a claim may shrink again, but not below what it has. */
    private static void size(Field spec, ObjectNode stored) {
        Quantity before = storage(stored.path("spec").path("resources").path("requests"));
        Quantity now = storage(spec.value().path("resources").path("requests"));
        Quantity actual = storage(stored.path("status").path("capacity"));
        if (now.compareTo(before) < 0 && now.compareTo(actual) <= 0) {
            spec.child("resources", "requests")
                    .child("storage")
                    .forbidden("field can not be less than status.capacity");
        }
    }

    private static Quantity storage(JsonNode amounts) {
        return Quantity.parse(Resource.text(amounts, "storage")).orElse(Quantity.ZERO);
    }

    private static void attributes(Field name, JsonNode before) {
        if (!before.isString()) {
            return;
        }
        if (!name.isSet()) {
            name.forbidden("update from non-nil value to nil is forbidden");
        } else if (name.isEmpty() && !before.asString().isEmpty()) {
            name.forbidden("update from non-nil value to an empty string is forbidden");
        }
    }
}
