package dev.gantry.state.kind.core.namespace;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Deletion;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compat: {@code pkg/registry/core/namespace} and {@code ValidateNamespace}.
 *
 * <p>Invariant: a Namespace is made with the finalizer {@code kubernetes}, and only the {@code
 * finalize} subresource takes it away: so it outlives what is in it.
 */
public final class NamespaceStrategy implements Strategy {
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";
    private static final String FINALIZER = "kubernetes";

    /** Compat: the NamespaceLifecycle plugin. */
    private static final Set<String> UNDELETABLE = Set.of("default", "kube-system", "kube-public");

    @Override
    public void setDefaults(ObjectNode object) {
        ObjectNode metadata = Resource.child(object, "metadata");
        String name = Resource.text(metadata, "name");
        if (!name.isEmpty()) {
            Resource.child(metadata, "labels").put(NAME_LABEL, name);
        }
        Defaults.text(Resource.child(object, "status"), "phase", "Active");
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        setDefaults(object);
        object.putObject("status").put("phase", "Active");
        ObjectNode spec = Resource.child(object, "spec");
        ArrayNode finalizers =
                spec.path("finalizers") instanceof ArrayNode found
                        ? found
                        : spec.putArray("finalizers");
        for (JsonNode each : finalizers) {
            if (each.asString("").equals(FINALIZER)) {
                return;
            }
        }
        finalizers.add(FINALIZER);
    }

    @Override
    public void prepareForUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keep(updated, stored, "spec");
        Trees.keep(updated, stored, "status");
    }

    static void prepareToFinalize(ObjectNode updated, ObjectNode stored, Instant now) {
        Trees.keep(updated, stored, "status");
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        List<FieldError> errors = new ArrayList<>();
        Field finalizers = Field.root(object, errors).child("spec", "finalizers");
        finalizers.items().forEach(each -> finalizer(each.at(finalizers.path())));
        return errors;
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        return List.of();
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        boolean isLeaving = updated.path("metadata").hasNonNull("deletionTimestamp");
        String wanted = isLeaving ? "Terminating" : "Active";
        String phase = Resource.text(updated.path("status"), "phase");
        if (!phase.equals(wanted)) {
            Field.root(updated, errors)
                    .child("status", "Phase")
                    .invalidText(
                            phase,
                            "may only be '%s' if `deletionTimestamp` is %s"
                                    .formatted(wanted, isLeaving ? "not empty" : "empty"));
        }
        return errors;
    }

    static List<FieldError> validateFinalizers(ObjectNode updated, ObjectNode stored) {
        List<FieldError> errors = new ArrayList<>();
        Field.root(updated, errors)
                .child("spec", "finalizers")
                .items()
                .forEach(NamespaceStrategy::finalizer);
        return errors;
    }

    @Override
    public List<String> validateName(String name) {
        return Names.dnsLabel(name);
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        return Map.of(
                "status.phase", Resource.text(object.path("status"), "phase"),
                "name", Resource.text(object.path("metadata"), "name"));
    }

    @Override
    public Deletion deletion() {
        return Deletion.ONCE_EMPTY;
    }

    @Override
    public Optional<String> whyUndeletable(String name) {
        return UNDELETABLE.contains(name)
                ? Optional.of("this namespace may not be deleted")
                : Optional.empty();
    }

    @Override
    public boolean hasStatus() {
        return true;
    }

    private static void finalizer(Field finalizer) {
        finalizer.invalidFor(Names.qualified(finalizer.text()));
        if (!finalizer.text().contains("/")
                && !List.of("kubernetes", "orphan", "foregroundDeletion")
                        .contains(finalizer.text())) {
            finalizer.invalid(
                    "name is neither a standard finalizer name nor is it fully qualified");
        }
    }
}
