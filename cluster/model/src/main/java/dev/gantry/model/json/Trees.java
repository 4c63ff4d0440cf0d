package dev.gantry.model.json;

import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;
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
     * The members of these names, without the others. Cost: what stands behind the last of them is
     * not even looked at. Throws a JacksonException where the text begins with no JSON object.
     */
    public static ObjectNode readMembers(byte[] json, Set<String> names) {
        ObjectNode found = object();
        try (JsonParser parser = OBJECTS.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new StreamReadException(parser, "no object, but " + parser.currentToken());
            }
            while (found.size() < names.size() && parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (names.contains(name)) {
                    found.set(name, parser.<JsonNode>readValueAsTree());
                } else {
                    parser.skipChildren();
                }
            }
        }
        return found;
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
