package dev.gantry.state.codec.protobuf;

import tools.jackson.databind.node.ObjectNode;

/** What came of a protobuf body. */
public sealed interface ProtobufReading {
    record Tree(ObjectNode tree) implements ProtobufReading {}

    record Malformed(String why) implements ProtobufReading {}

    /** More values than are allowed. */
    record TooLarge() implements ProtobufReading {}
}
