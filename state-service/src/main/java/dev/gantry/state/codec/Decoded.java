package dev.gantry.state.codec;

import dev.gantry.model.refusal.Refusal;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What came of a request's body. */
public sealed interface Decoded {
    /**
     * @param tree the receiver's own; has apiVersion and kind, only known fields and no nulls
     * @param warnings for the Warning header
     */
    record Body(ObjectNode tree, List<String> warnings) implements Decoded {}

    record Refused(Refusal why) implements Decoded {}
}
