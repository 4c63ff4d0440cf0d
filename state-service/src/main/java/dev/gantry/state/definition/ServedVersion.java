package dev.gantry.state.definition;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.schema.BuiltinType;
import dev.gantry.state.schema.KindName;
import dev.gantry.state.schema.TypeSchema;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;

/**
 * A version in which clients read and write the objects of a resource.
 *
 * @param strategy what writes in this version are held to; it sees objects in their stored form
 * @param printer makes rows of tables
 * @param isServed false where objects are stored in the version, and nobody may ask for it
 */
public record ServedVersion(
        Kind kind,
        TypeSchema schema,
        Conversion conversion,
        Strategy strategy,
        Printer printer,
        boolean isServed) {
    /** Of the published API, and stored. */
    public static ServedVersion builtin(Kind kind, Strategy strategy) {
        return builtin(kind, Conversion.NONE, strategy);
    }

    public static ServedVersion builtin(Kind kind, Conversion conversion, Strategy strategy) {
        return new ServedVersion(
                kind,
                new BuiltinType(KindName.of(kind)),
                conversion,
                strategy,
                PlainPrinter.NAME_AND_DATE,
                true);
    }

    ServedVersion printed(Printer other) {
        return new ServedVersion(kind, schema, conversion, strategy, other, isServed);
    }

    /** Whether objects are stored in just this form. */
    public boolean isStored() {
        return conversion == Conversion.NONE;
    }
}
