package dev.gantry.state.strategy;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.refusal.FieldError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is special about one kind. Pure; trees handed in as {@code object} or {@code updated} are
 * the strategy's to change, those handed in as {@code stored} are not.
 *
 * <p>Compat: the steps and their order are those of apiserver's rest strategies: defaults, prepare,
 * validate. Metadata (names, uid, timestamps, generation, owner references, finalizers) is
 * validated and kept by the registry for all kinds alike; a strategy adds what its kind adds.
 */
public interface Strategy {
    Kind kind();

    /** Fills in what the client left out. Idempotent. */
    void setDefaults(ObjectNode object);

    /** Drops what a client may not set at creation, such as the status. */
    void prepareForCreate(ObjectNode object);

    /** Keeps from {@code stored} what this request may not change, such as the status. */
    void prepareForUpdate(ObjectNode updated, ObjectNode stored);

    /** Keeps from {@code stored} all but the status (and what else the subresource may change). */
    void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored);

    /** All field errors at once, in field order. */
    List<FieldError> validate(ObjectNode object);

    List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored);

    List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored);

    /**
     * Whether the kind counts {@code metadata.generation} (up by one with each change of its spec).
     */
    boolean hasGeneration();

    /**
     * The rule for {@code metadata.name}. Empty where the name is valid, else the reasons why not.
     */
    List<String> validateName(String name);

    /** The fields that a field selector may name, beside metadata.name and metadata.namespace. */
    Map<String, String> selectableFields(ObjectNode object);

    /**
     * Subresources that are stored in the object itself: {@code status}, {@code scale} and so on.
     */
    Set<String> subresources();

    /** Warnings for the client (the {@code Warning} header); empty for most. */
    default List<String> warnings(ObjectNode object) {
        return List.of();
    }
}
