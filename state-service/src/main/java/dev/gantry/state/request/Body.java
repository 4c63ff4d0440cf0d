package dev.gantry.state.request;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A body as read; {@link #fresh} gives each attempt at a write its own tree. */
public record Body(ObjectNode tree, List<String> warnings) {
    public ObjectNode fresh() {
        return tree.deepCopy();
    }
}
