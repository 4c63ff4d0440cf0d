package dev.gantry.state.kind.certificates.certificatesigningrequest;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.apply.Scope;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request stays as it was made. Its conditions say what became of it: those that decide about it
 * are written through {@code approval}, the certificate and failures through {@code status}.
 *
 * <p>Compat: {@code pkg/registry/certificates/certificates}.
 */
final class CertificateSigningRequestStrategy implements Strategy {
    private static final Set<String> PARTS = Set.of("apiVersion", "kind", "metadata", "status");
    private static final List<String> DECISIONS = List.of("Approved", "Denied");

    /** Compat: nobody owns what is asked for, nor what became of it, through whichever part. */
    @Override
    public Scope.Reset reset() {
        return Scope.Reset.SPEC_AND_STATUS;
    }

    @Override
    public Scope.Reset statusReset() {
        return reset();
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    @Override
    public List<String> validateName(String name) {
        return Names.pathSegment(name);
    }

    /** Compat: it says of itself who asks, whatever the client claims. */
    @Override
    public void prepareForCreate(ObjectNode object, Caller caller) {
        ObjectNode spec = Resource.child(object, "spec");
        spec.remove(List.of("username", "uid", "groups", "extra"));
        spec.put("username", caller.user());
        if (!caller.uid().isEmpty()) {
            spec.put("uid", caller.uid());
        }
        if (!caller.groups().isEmpty()) {
            ArrayNode groups = spec.putArray("groups");
            caller.groups().forEach(groups::add);
        }
        if (!caller.extra().isEmpty()) {
            ObjectNode extra = spec.putObject("extra");
            caller.extra()
                    .forEach((key, values) -> values.forEach(extra.withArrayProperty(key)::add));
        }
        prepareForCreate(object);
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keepAllBut(updated, stored, Set.of("apiVersion", "kind", "metadata"));
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        RequestRules.check(Field.root(object, errors));
        return errors;
    }

    /** Nothing that is validated can have changed. */
    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        return List.of();
    }

    /** Compat: {@code csrApprovalStrategy}: conditions change, and nothing else. */
    static void prepareToApprove(ObjectNode updated, ObjectNode stored, Instant now) {
        Trees.keepAllBut(updated, stored, PARTS);
        Trees.keep(Resource.child(updated, "status"), status(stored), "certificate");
        stamp(updated, stored, now);
    }

    static List<FieldError> validateApproval(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field status = Field.root(updated, errors).child("status");
        ConditionRules.check(status.child("conditions"), stored.at("/status/conditions"));
        return errors;
    }

    /** Decisions stay as they are stored: a signer may send back what it has read before. */
    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keepAllBut(updated, stored, PARTS);
        ObjectNode status = Resource.child(updated, "status");
        for (String type : DECISIONS) {
            JsonNode before = ConditionRules.first(stored.at("/status/conditions"), type);
            if (before instanceof ObjectNode
                    && status.path("conditions") instanceof ArrayNode all) {
                for (int i = 0; i < all.size(); i++) {
                    if (Resource.text(all.path(i), "type").equals(type)) {
                        all.set(i, before.deepCopy());
                        break;
                    }
                }
            }
        }
    }

    @Override
    public void stampStatus(ObjectNode updated, ObjectNode stored, Instant now) {
        stamp(updated, stored, now);
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field status = Field.root(updated, errors).child("status");
        JsonNode before = stored.at("/status/conditions");
        CertificateRules.check(status.child("certificate"), status(stored).path("certificate"));
        ConditionRules.check(status.child("conditions"), before);
        ConditionRules.undecided(status.child("conditions"), before, DECISIONS);
        return errors;
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        return Map.of("spec.signerName", Resource.text(object.path("spec"), "signerName"));
    }

    /** Notes when conditions were written, and since when they are as they are. */
    private static void stamp(ObjectNode updated, ObjectNode stored, Instant now) {
        JsonNode before = stored.at("/status/conditions");
        Defaults.each(
                updated.at("/status/conditions"),
                condition -> {
                    if (!condition.hasNonNull("lastUpdateTime")) {
                        condition.put("lastUpdateTime", Conditions.timestamp(now));
                    }
                    if (!condition.hasNonNull("lastTransitionTime")) {
                        condition.put("lastTransitionTime", since(condition, before, now));
                    }
                });
    }

    private static String since(JsonNode condition, JsonNode before, Instant now) {
        for (JsonNode each : before) {
            boolean isSame =
                    each.path("type").equals(condition.path("type"))
                            && each.path("status").equals(condition.path("status"));
            if (isSame && each.hasNonNull("lastTransitionTime")) {
                return Resource.text(each, "lastTransitionTime");
            }
        }
        return Conditions.timestamp(now);
    }

    private static ObjectNode status(ObjectNode stored) {
        return stored.path("status") instanceof ObjectNode found ? found : stored.objectNode();
    }
}
