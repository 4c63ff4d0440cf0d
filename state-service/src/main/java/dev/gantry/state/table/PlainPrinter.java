package dev.gantry.state.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ObjectNode;

/** A name, some cells, an age. */
public record PlainPrinter(List<Column> columns, BiConsumer<ObjectNode, Cells> cells)
        implements Printer {
    /** Compat: what kinds get that have no columns of their own. */
    public static final Printer NAME_AND_DATE =
            new PlainPrinter(
                    List.of(
                            Column.NAME,
                            new Column(
                                    "Created At", "date", "", "When the object was created.", 0)),
                    (object, row) ->
                            row.name(object)
                                    .add(object.at("/metadata/creationTimestamp").asString("")));

    public static final Printer NAME_AND_AGE = of((_, _) -> {});

    public static Printer of(BiConsumer<ObjectNode, Cells> between, Column... columns) {
        List<Column> all = new ArrayList<>(List.of(Column.NAME));
        all.addAll(Arrays.asList(columns));
        all.add(Column.AGE);
        return new PlainPrinter(
                List.copyOf(all),
                (object, row) -> {
                    row.name(object);
                    between.accept(object, row);
                    row.age(object);
                });
    }

    @Override
    public void print(ObjectNode object, Cells row) {
        cells.accept(object, row);
    }
}
