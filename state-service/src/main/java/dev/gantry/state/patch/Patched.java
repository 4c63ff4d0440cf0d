package dev.gantry.state.patch;

import dev.gantry.model.refusal.Refusal;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What came of a patch. */
public sealed interface Patched {
    /**
     * @param tree the receiver's own; not yet checked against its type
     * @param oddities duplicate fields of the patch, for warnings or a strict refusal
     */
    record Tree(ObjectNode tree, List<String> oddities) implements Patched {}

    record Refused(Refusal why) implements Patched {}
}
