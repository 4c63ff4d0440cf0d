package dev.gantry.state.codec.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.gantry.model.fault.Bug;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schema;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Objects in Kubernetes' protobuf: four bytes of magic, an envelope that names the kind, and in it
 * the message.
 */
public final class ProtobufCodec {
    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private final MessageShapes shapes;

    public ProtobufCodec(Schema schema) {
        this.shapes = new MessageShapes(schema);
    }

    public boolean knows(GroupVersionKind kind) {
        return MessageFiles.messageOf(kind).isPresent();
    }

    /** {@code expected} is the kind where the envelope names none. */
    public ProtobufReading decode(byte[] body, GroupVersionKind expected) {
        if (body.length == 0) {
            return new ProtobufReading.Malformed("empty data");
        }
        if (!hasEnvelope(body)) {
            return new ProtobufReading.Malformed(
                    "provided data does not appear to be a protobuf message, expected prefix [107"
                            + " 56 115 0]");
        }
        try {
            return new ProtobufReading.Tree(decodeEnvelope(body, expected, new Tally()));
        } catch (IOException | DateTimeException | ArithmeticException malformed) {
            return new ProtobufReading.Malformed("proto: " + malformed.getMessage());
        } catch (Tally.TooManyValues tooMany) {
            return new ProtobufReading.TooLarge();
        }
    }

    /** The tree names its kind, and {@link #knows} that kind. */
    public byte[] encode(ObjectNode tree) {
        GroupVersionKind kind =
                GroupVersionKind.of(
                        tree.path("apiVersion").asString(""), tree.path("kind").asString(""));
        return inEnvelope(kind, (shape, out) -> new MessageWriter(out).write(shape, tree));
    }

    /**
     * What {@link #encode} makes of a list, in pieces that are to be sent in order.
     *
     * @param tree of an item; asked for again where the list is long
     */
    public <T> Iterator<byte[]> encodeList(
            GroupVersionKind kind,
            ObjectNode metadata,
            List<T> items,
            Function<? super T, ? extends JsonNode> tree) {
        MessageShape shape = shapeOf(kind);
        FieldShape field = shape.descending().getFirst();
        Bug.unless(field.name().equals("items"), "%s is no list", kind);
        ObjectNode head = JsonNodeFactory.instance.objectNode();
        head.set("metadata", metadata);
        ProtobufList.Start start =
                length -> {
                    ReverseBuffer out = new ReverseBuffer();
                    new MessageWriter(out).write(shape, head);
                    begin(out, kind, length + out.size());
                    return out.toBytes();
                };
        return new ProtobufList<>(field, items, tree, new ProtobufList.Frame(start, end()));
    }

    private interface Content {
        void write(MessageShape shape, ReverseBuffer out);
    }

    private byte[] inEnvelope(GroupVersionKind kind, Content content) {
        ReverseBuffer out = new ReverseBuffer();
        out.raw(end());
        int before = out.size();
        content.write(shapeOf(kind), out);
        begin(out, kind, out.size() - before);
        return out.toBytes();
    }

    private MessageShape shapeOf(GroupVersionKind kind) {
        Optional<Descriptor> message = MessageFiles.messageOf(kind);
        Bug.unless(message.isPresent(), "%s has no protobuf form", kind);
        return shapes.of(message.orElseThrow());
    }

    /** The envelope up to a message of {@code length} bytes. */
    private static void begin(ReverseBuffer out, GroupVersionKind kind, long length) {
        out.length(2, length);
        int before = out.size();
        out.text(2, kind.kind());
        out.text(1, kind.apiVersion());
        out.message(1, before);
        out.raw(MAGIC);
    }

    /** Compat: Go writes the empty content type and encoding too. */
    private static byte[] end() {
        ReverseBuffer out = new ReverseBuffer();
        out.text(4, "");
        out.text(3, "");
        return out.toBytes();
    }

    /** A WatchEvent without envelope, around an object that has one. */
    public byte[] watchEvent(String type, byte[] object) {
        ReverseBuffer out = new ReverseBuffer();
        int before = out.size();
        out.bytes(1, object);
        out.message(2, before);
        out.text(1, type);
        return out.toBytes();
    }

    static boolean hasEnvelope(byte[] bytes) {
        return bytes.length >= MAGIC.length
                && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    private ObjectNode decodeEnvelope(byte[] body, GroupVersionKind expected, Tally tally)
            throws IOException {
        tally.open();
        var in = CodedInputStream.newInstance(body, MAGIC.length, body.length - MAGIC.length);
        GroupVersionKind kind = expected;
        byte[] raw = {};
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> kind = typeMeta(in.readByteArray(), expected);
                case 2 -> raw = in.readByteArray();
                default -> in.skipField(tag);
            }
        }
        Optional<Descriptor> message = MessageFiles.messageOf(kind);
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        if (message.isPresent()) {
            tree.setAll(
                    new MessageReader(raw, tally, this::embedded).read(shapes.of(message.get())));
        }
        tally.close();
        return tree;
    }

    private ObjectNode embedded(byte[] bytes, Tally tally) throws IOException {
        return decodeEnvelope(bytes, new GroupVersionKind("", "", ""), tally);
    }

    private static GroupVersionKind typeMeta(byte[] bytes, GroupVersionKind expected)
            throws IOException {
        var in = CodedInputStream.newInstance(bytes);
        String apiVersion = "";
        String kind = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> apiVersion = in.readString();
                case 2 -> kind = in.readString();
                default -> throw new InvalidProtocolBufferException("malformed type meta");
            }
        }
        return GroupVersionKind.of(
                apiVersion.isEmpty() ? expected.apiVersion() : apiVersion,
                kind.isEmpty() ? expected.kind() : kind);
    }
}
