package dev.gantry.state.kind.custom;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.apply.Scope;
import dev.gantry.state.schema.structural.StructuralType;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What writes in one version of a custom kind are held to.
 *
 * <p>Compat: {@code customResourceStrategy} of apiextensions-apiserver.
 *
 * @param hasStatus whether the status is a subresource; else it is a field like others
 * @param isTerminating whether the definition is being deleted
 * @param deprecation what clients are told who still use the version
 */
record CustomStrategy(
        StructuralType type,
        boolean hasStatus,
        SelectableFields fields,
        boolean isTerminating,
        Optional<String> deprecation)
        implements Strategy {
    @Override
    public void setDefaults(ObjectNode object) {
        type.fillIn(object);
    }

    @Override
    public boolean takesAnyFinalizer() {
        return true;
    }

    @Override
    public boolean hasGeneration() {
        return true;
    }

    @Override
    public boolean changesGeneration(ObjectNode updated, ObjectNode stored) {
        Set<String> elsewhere =
                hasStatus
                        ? Set.of("apiVersion", "kind", "metadata", "status")
                        : Set.of("apiVersion", "kind", "metadata");
        return !Trees.without(updated, elsewhere).equals(Trees.without(stored, elsewhere));
    }

    /** Compat: what nobody wrote is not there, an empty status neither. */
    @Override
    public void prepareForCreate(ObjectNode object) {
        if (hasStatus) {
            object.remove("status");
        }
    }

    @Override
    public void prepareForStatusUpdate(ObjectNode updated, ObjectNode stored) {
        Trees.keepAllBut(updated, stored, Set.of("apiVersion", "kind", "metadata", "status"));
    }

    @Override
    public Scope.Reset statusReset() {
        return Scope.Reset.ALL_BUT_STATUS;
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        return type.judge(object, MissingNode.getInstance());
    }

    @Override
    public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode stored) {
        return type.judge(updated, stored);
    }

    @Override
    public List<FieldError> validateStatusUpdate(ObjectNode updated, ObjectNode stored) {
        return type.judge(updated, stored);
    }

    @Override
    public Map<String, String> selectableFields(ObjectNode object) {
        return fields.of(new Resource(object));
    }

    @Override
    public boolean allowsUnconditionalUpdate() {
        return false;
    }
}
