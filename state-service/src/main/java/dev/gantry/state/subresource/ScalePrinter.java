package dev.gantry.state.subresource;

import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;
import java.util.List;

/** Rows of scales. Compat: the columns of {@code pkg/printers}; the name is a plain text here. */
public final class ScalePrinter {
    public static final Printer PRINTER =
            new PlainPrinter(
                    List.of(
                            Column.text("Name", "The name of what is scaled."),
                            Column.number("Desired", "How many replicas there shall be."),
                            Column.number("Available", "How many replicas there are."),
                            Column.AGE),
                    (scale, row) ->
                            row.name(scale)
                                    .add(scale.at("/spec/replicas").asLong(0))
                                    .add(scale.at("/status/replicas").asLong(0))
                                    .age(scale));

    private ScalePrinter() {}
}
