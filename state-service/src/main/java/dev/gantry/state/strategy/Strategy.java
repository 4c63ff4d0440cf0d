package dev.gantry.state.strategy;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.apply.Scope;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Sameness;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is special about one kind. Pure; trees handed in as {@code object} or {@code updated} are
 * the strategy's to change, those handed in as {@code stored} are not.
 *
 * <p>Compat: the steps and their order are those of apiserver's rest strategies: defaults, prepare,
 * validate. Metadata (names, uid, timestamps, generation, owner references, finalizers) is
 * validated and kept by the registry for all kinds alike; a strategy adds what its kind adds.
 *
 * <p>What is written here is the plain case: nothing to fill in, a status where {@link
 * #hasStatus()} says so, names that are DNS subdomains.
 */
public interface Strategy {
    /** What is dropped before an object is prepared and judged. */
    default DisabledFields disabledFields() {
        return DisabledFields.NONE;
    }

    /** Fills in what the client left out. Idempotent. */
    default void setDefaults(ObjectNode object) {}

    /**
     * Drops what a client may not set at creation, such as the status. The name is known.
     *
     * <p>Compat: an empty status is there all the same, as upstream writes it: a JSON patch can add
     * to it.
     */
    default void prepareForCreate(ObjectNode object) {
        if (hasStatus()) {
            object.putObject("status");
        }
    }

    /** As {@link #prepareForCreate(ObjectNode)}, for kinds that keep who made their objects. */
    default void prepareForCreate(ObjectNode object, Caller caller) {
        prepareForCreate(object);
    }

    /** Keeps from {@code stored} what this request may not change, such as the status. */
    default void prepareForUpdate(ObjectNode updated, ObjectNode stored) {
        if (hasStatus()) {
            Trees.keep(updated, stored, "status");
        }
    }

    /** Keeps from {@code stored} all but the status (and what else the subresource may change). */
    default void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keepAllBut(updated, stored, Set.of("apiVersion", "kind", "metadata", "status"));
        Resource.child(updated, "status");
        if (statusReset() == Scope.Reset.SPEC_AND_METADATA) {
            keepMetadata(updated, stored);
        }
    }

    /** Compat: {@code ResetObjectMetaForStatus}. */
    private static void keepMetadata(ObjectNode updated, ObjectNode stored) {
        ObjectNode metadata = Resource.child(updated, "metadata");
        if (stored.path("metadata") instanceof ObjectNode before) {
            for (String each : List.of("labels", "annotations", "finalizers", "ownerReferences")) {
                Trees.keep(metadata, before, each);
            }
        }
    }

    /** What a write of the object itself does not reach, where it has a status. */
    default Scope.Reset reset() {
        return Scope.Reset.STATUS;
    }

    /** What a write of the status does not reach, so that its writer does not own it. */
    default Scope.Reset statusReset() {
        return Scope.Reset.SPEC;
    }

    /** Notes when the status changed, where the kind tells of it; after the preparation. */
    default void stampStatus(ObjectNode updated, ObjectNode stored, Instant now) {}

    /** All field errors at once, in field order. */
    default List<FieldError> validate(ObjectNode object) {
        return List.of();
    }

    default List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        return validate(updated);
    }

    default List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        return List.of();
    }

    /** Whether the kind counts {@code metadata.generation}, starting with 1. */
    default boolean hasGeneration() {
        return false;
    }

    /** Whether an update, once prepared, counts the generation up. */
    default boolean changesGeneration(ObjectNode updated, ObjectNode stored) {
        Set<String> elsewhere = Set.of("apiVersion", "kind", "metadata", "status");
        return !Sameness.same(Trees.without(updated, elsewhere), Trees.without(stored, elsewhere));
    }

    /**
     * Annotations that stand for fields, by name, each with what an object has in which nothing is
     * set. They go with the whole object only, not with its metadata alone.
     */
    default Map<String, String> fieldAnnotations() {
        return Map.of();
    }

    /**
     * The rule for {@code metadata.name}. Empty where the name is valid, else the reasons why not.
     */
    default List<String> validateName(String name) {
        return Names.dnsSubdomain(name);
    }

    /** The fields that a field selector may name, beside metadata.name and metadata.namespace. */
    default Map<String, String> selectableFields(ObjectNode object) {
        return Map.of();
    }

    /** Whether no more objects may be made, since the definition of the kind goes. */
    default boolean isTerminating() {
        return false;
    }

    /** Whether a finalizer may be any name, and not only a qualified one or Kubernetes' own. */
    default boolean takesAnyFinalizer() {
        return false;
    }

    /** Adds to an object what keeps it until its deletion is done. */
    default void markForDeletion(ObjectNode marked, Instant now) {}

    default Deletion deletion() {
        return Deletion.IMMEDIATE;
    }

    /** For {@link Deletion#GRACEFUL}: how long the object may take, given what the client wants. */
    default long gracePeriodSeconds(ObjectNode stored, OptionalLong wanted) {
        return 0;
    }

    /**
     * Whether a deletion that says nothing of dependents leaves them.
     *
     * <p>Compat: {@code DefaultGarbageCollectionPolicy}.
     */
    default boolean orphansDependents() {
        return false;
    }

    /** What is said of a deletion that says nothing of dependents. */
    default Optional<String> deletionWarning() {
        return Optional.empty();
    }

    /** Why objects of this name stay whatever a client says; empty where they can go. */
    default Optional<String> whyUndeletable(String name) {
        return Optional.empty();
    }

    /** Whether the objects have a status, which the {@code status} subresource changes. */
    default boolean hasStatus() {
        return false;
    }

    /**
     * Whether the answer to a DELETE that removed the object shows it, and not only a Status.
     *
     * <p>Compat: {@code ReturnDeletedObject} of upstream's storage.
     */
    default boolean returnsDeletedObject() {
        return false;
    }

    /** Whether PUT makes the object where there is none. */
    default boolean allowsCreateOnUpdate() {
        return false;
    }

    /**
     * Whether an update without a {@code resourceVersion} is taken as one of whatever is stored.
     */
    default boolean allowsUnconditionalUpdate() {
        return true;
    }

    /** Under what name clients are told that an object is not there. */
    default GroupResource missingAs(GroupResource requested) {
        return requested;
    }

    /** The warning that comes with all answers in a version that is deprecated. */
    default Optional<String> deprecation() {
        return Optional.empty();
    }

    /** When the clients that write an object get its warnings. */
    enum Warned {
        AT_CREATION,
        WITH_EACH_GENERATION,
        /** But not with what only a part of it is written through. */
        WITH_EACH_WRITE
    }

    default Warned warned() {
        return Warned.WITH_EACH_WRITE;
    }

    /** Warnings for the client (the {@code Warning} header); empty for most. */
    default List<String> warnings(ObjectNode object) {
        return List.of();
    }
}
