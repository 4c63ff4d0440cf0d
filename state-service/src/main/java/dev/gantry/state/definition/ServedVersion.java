package dev.gantry.state.definition;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.schema.BuiltinType;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.schema.TypeSchema;
import dev.gantry.state.strategy.Strategy;

/**
 * A version in which clients read and write the objects of a resource.
 *
 * @param strategy what writes in this version are held to; it sees objects in their stored form
 */
public record ServedVersion(
        Kind kind, TypeSchema schema, Conversion conversion, Strategy strategy) {
    /** Of the published API, and stored. */
    public static ServedVersion builtin(Kind kind, Strategy strategy) {
        return builtin(kind, Conversion.NONE, strategy);
    }

    public static ServedVersion builtin(Kind kind, Conversion conversion, Strategy strategy) {
        return new ServedVersion(kind, new BuiltinType(KindName.of(kind)), conversion, strategy);
    }

    /** Whether objects are stored in just this form. */
    public boolean isStored() {
        return conversion == Conversion.NONE;
    }
}
