package dev.gantry.state.codec;

import dev.gantry.state.codec.json.PrettyJson;
import dev.gantry.state.codec.json.YamlText;
import dev.gantry.state.codec.protobuf.ProtobufCodec;
import dev.gantry.state.schema.GroupVersionKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Turns stored JSON into the bytes of a reply. Plain JSON goes out as it is stored, unread.
 *
 * <p>Kinds that have no protobuf form (custom resources, tables) are never asked for in it: {@link
 * #hasProtobuf} says so beforehand.
 */
public final class BodyEncoder {
    private final ProtobufCodec protobuf;

    public BodyEncoder(ProtobufCodec protobuf) {
        this.protobuf = protobuf;
    }

    public boolean hasProtobuf(GroupVersionKind kind) {
        return protobuf.knows(kind);
    }

    public static byte[] json(ObjectNode tree) {
        return JsonMapper.shared().writeValueAsBytes(tree);
    }

    /** One object. */
    public byte[] object(Encoding encoding, byte[] json, boolean isPretty) {
        return switch (encoding) {
            case JSON -> isPretty ? PrettyJson.of(json) : json;
            case YAML -> YamlText.fromJson(json);
            case PROTOBUF -> protobuf.encode((ObjectNode) JsonMapper.shared().readTree(json));
        };
    }

    /**
     * A list in pieces; one item after the other becomes a tree.
     *
     * @param json of an item; asked for again where the list is long
     */
    public <T> Iterator<byte[]> protobufList(
            GroupVersionKind kind, ObjectNode metadata, List<T> items, Function<T, byte[]> json) {
        return protobuf.encodeList(
                kind, metadata, items, each -> JsonMapper.shared().readTree(json.apply(each)));
    }

    /**
     * One event of a watch.
     *
     * @param type ADDED, MODIFIED, DELETED, BOOKMARK or ERROR
     */
    public byte[] frame(Encoding encoding, String type, byte[] json) {
        if (encoding == Encoding.PROTOBUF) {
            var tree = (ObjectNode) JsonMapper.shared().readTree(json);
            byte[] event = protobuf.watchEvent(type, protobuf.encode(tree));
            return ByteBuffer.allocate(4 + event.length).putInt(event.length).put(event).array();
        }
        byte[] head = text("{\"type\":\"" + type + "\",\"object\":");
        return ByteBuffer.allocate(head.length + json.length + 2)
                .put(head)
                .put(json)
                .put((byte) '}')
                .put((byte) '\n')
                .array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
