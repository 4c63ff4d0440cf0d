package dev.gantry.state.schema;

import java.util.Optional;

/** The types of bodies, of whatever is known at the moment. */
@FunctionalInterface
public interface Schemas {
    /** Only what is built in. */
    Schemas BUILTIN =
            kind ->
                    Schema.builtin().of(kind).isPresent()
                            ? Optional.of(new BuiltinType(kind))
                            : Optional.empty();

    Optional<TypeSchema> of(GroupVersionKind kind);
}
