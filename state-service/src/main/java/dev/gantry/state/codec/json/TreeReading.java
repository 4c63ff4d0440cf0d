package dev.gantry.state.codec.json;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What came of reading a body. */
public sealed interface TreeReading {
    /**
     * @param oddities unknown and duplicate fields, each as a strict decoding error names it
     */
    record Tree(ObjectNode tree, List<String> oddities) implements TreeReading {}

    /** Not JSON at all. {@code why} is what Go's decoder says. */
    record Malformed(String why) implements TreeReading {}

    /** JSON, but a value has the wrong type. {@code partial} is what could be read. */
    record Mistyped(String why, ObjectNode partial) implements TreeReading {}

    /** More values than {@link Bounds} allow. */
    record TooLarge() implements TreeReading {}
}
