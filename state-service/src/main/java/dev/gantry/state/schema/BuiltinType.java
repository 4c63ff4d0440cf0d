package dev.gantry.state.schema;

import dev.gantry.model.fault.Bug;
import dev.gantry.model.refusal.FieldError;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * A type of the published API. What reading by it does not refuse, the strategies judge.
 *
 * <p>Cost: the table of types is read when one of them is first asked for, not when the definitions
 * are made.
 */
public record BuiltinType(GroupVersionKind kind) implements TypeSchema {
    @Override
    public boolean isBuiltin() {
        return true;
    }

    @Override
    public Optional<StructType> wire() {
        return Schema.builtin().of(kind);
    }

    @Override
    public StructType structure() {
        return wire().orElseThrow(() -> new Bug("no type of " + kind));
    }

    /** Reading by the type has left them out already. */
    @Override
    public List<String> prune(ObjectNode object) {
        return List.of();
    }

    @Override
    public void complete(ObjectNode object) {
        WrittenForm.complete(object, structure());
    }

    @Override
    public void toShownForm(ObjectNode object) {
        WrittenForm.show(object, structure());
    }

    @Override
    public void toStoredForm(ObjectNode object) {
        WrittenForm.store(object, structure());
    }

    @Override
    public List<FieldError> validate(ObjectNode object) {
        return List.of();
    }
}
