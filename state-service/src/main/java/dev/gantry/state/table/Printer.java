package dev.gantry.state.table;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How objects of one kind become rows. */
public interface Printer {
    List<Column> columns();

    /** Adds a cell for each column. */
    void print(ObjectNode object, Cells row);
}
