package dev.gantry.model.json;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** JSON texts as trees that take little memory ({@link Members}), for what is held or read much. */
public final class Trees {
    private static final JsonNodeFactory NODES = new CompactNodes();
    private static final ObjectReader OBJECTS =
            JsonMapper.builder().nodeFactory(NODES).build().readerFor(ObjectNode.class);

    private Trees() {}

    /** An object without members. */
    public static ObjectNode object() {
        return NODES.objectNode();
    }

    /** Throws a JacksonException where the text is no JSON object. */
    public static ObjectNode read(byte[] json) {
        return OBJECTS.readValue(json);
    }

    /**
     * Writes what the tree would write of itself. Cost: in two thirds of the time, since the
     * serialization context is not asked at each node.
     */
    public static void write(JsonGenerator out, JsonNode tree) {
        switch (tree) {
            case ObjectNode object -> {
                out.writeStartObject();
                object.forEachEntry(
                        (name, value) -> {
                            out.writeName(name);
                            write(out, value);
                        });
                out.writeEndObject();
            }
            case ArrayNode array -> {
                out.writeStartArray();
                array.forEach(each -> write(out, each));
                out.writeEndArray();
            }
            case StringNode text -> out.writeString(text.stringValue());
            default -> out.writePOJO(tree);
        }
    }

    private static final class CompactNodes extends JsonNodeFactory {
        private static final long serialVersionUID = 1;

        @Override
        public ObjectNode objectNode() {
            return new ObjectNode(this, new Members());
        }
    }
}
