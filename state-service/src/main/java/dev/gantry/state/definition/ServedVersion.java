package dev.gantry.state.definition;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.conversion.ConversionWebhook;
import dev.gantry.state.schema.BuiltinType;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.TypeSchema;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;
import java.util.List;
import java.util.Optional;

/**
 * A version in which clients read and write the objects of a resource.
 *
 * @param strategy what writes in this version are held to; it sees objects in their stored form
 * @param printer makes rows of tables
 * @param isServed false where objects are stored in the version, and nobody may ask for it
 * @param webhook converts what is read from the log into this version, and back; empty where {@code
 *     conversion} does it
 * @param subresources of a custom kind, whose versions may differ in them; else the definition's
 */
public record ServedVersion(
        Kind kind,
        TypeSchema schema,
        Conversion conversion,
        Strategy strategy,
        Printer printer,
        boolean isServed,
        Optional<ConversionWebhook> webhook,
        List<Subresource> subresources) {
    /** Of the published API, and stored. */
    public static ServedVersion builtin(Kind kind, Strategy strategy) {
        return builtin(kind, Conversion.NONE, strategy);
    }

    public static ServedVersion builtin(Kind kind, Conversion conversion, Strategy strategy) {
        TypeSchema schema = new BuiltinType(GroupVersionKind.of(kind));
        boolean isStored = conversion == Conversion.NONE;
        return new ServedVersion(
                kind,
                schema,
                isStored ? conversion : new CompletedConversion(conversion, schema),
                strategy,
                PlainPrinter.NAME_AND_DATE,
                true,
                Optional.empty(),
                List.of());
    }

    ServedVersion printed(Printer other) {
        return new ServedVersion(
                kind, schema, conversion, strategy, other, isServed, webhook, subresources);
    }

    /** Whether objects are stored in just this form. */
    public boolean isStored() {
        return conversion == Conversion.NONE;
    }
}
