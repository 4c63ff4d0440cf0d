package dev.gantry.state.table;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** How objects of one kind become rows. */
public interface Printer {
    List<Column> columns();

    /** In which order a list has its rows; as they are listed where the kind does not mind. */
    default Optional<Comparator<ObjectNode>> order() {
        return Optional.empty();
    }

    /** Adds a cell for each column. */
    void print(ObjectNode object, Cells row);
}
