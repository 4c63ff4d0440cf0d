package dev.gantry.state.codec.protobuf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.gantry.state.codec.json.Scalars;
import dev.gantry.state.codec.json.TreeReader;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads messages as JSON trees. One use per message tree, within the {@link Tally} of its body. */
final class MessageReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final CodedInputStream in;
    private final Tally tally;
    private final Enveloped enveloped;

    /** Reads an object that is embedded with its own envelope. */
    interface Enveloped {
        ObjectNode read(byte[] bytes, Tally tally) throws IOException;
    }

    MessageReader(byte[] bytes, Tally tally, Enveloped enveloped) {
        this.in = CodedInputStream.newInstance(bytes);
        this.tally = tally;
        this.enveloped = enveloped;
    }

    /** Reads to the end of what the stream is limited to. */
    ObjectNode read(MessageShape shape) throws IOException {
        ObjectNode object = NODES.objectNode();
        readInto(shape, object);
        return object;
    }

    private void readInto(MessageShape shape, ObjectNode object) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            FieldShape field = shape.field(WireFormat.getTagFieldNumber(tag));
            if (field == null) {
                in.skipField(tag);
            } else if (field.form() == FieldShape.Form.INLINE) {
                nested(() -> readInto(field.fields(), object));
            } else if (field.form() == FieldShape.Form.MAP) {
                entry(field, object);
            } else if (field.isRepeated()) {
                item(field, tag, object);
            } else {
                JsonNode value = one(field);
                if (value != null && (field.keepsZero() || !isZero(value))) {
                    object.set(field.name(), value);
                }
            }
        }
    }

    private void item(FieldShape field, int tag, ObjectNode object) throws IOException {
        ArrayNode list =
                object.get(field.name()) instanceof ArrayNode known
                        ? known
                        : object.putArray(field.name());
        boolean isPacked =
                field.form() == FieldShape.Form.SCALAR
                        && field.type() != FieldDescriptor.Type.STRING
                        && field.type() != FieldDescriptor.Type.BYTES
                        && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
        if (isPacked) {
            int limit = in.pushLimit(in.readRawVarint32());
            while (in.getBytesUntilLimit() > 0) {
                tally.add(1);
                list.add(scalar(field.type()));
            }
            in.popLimit(limit);
            return;
        }
        JsonNode value = one(field);
        if (value != null) {
            list.add(value);
        }
    }

    private void entry(FieldShape field, ObjectNode object) throws IOException {
        ObjectNode map =
                object.get(field.name()) instanceof ObjectNode known
                        ? known
                        : object.putObject(field.name());
        String[] key = {""};
        JsonNode[] value = {null};
        nested(
                () -> {
                    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                        switch (WireFormat.getTagFieldNumber(tag)) {
                            case 1 -> key[0] = in.readString();
                            case 2 -> value[0] = one(field.values());
                            default -> in.skipField(tag);
                        }
                    }
                });
        tally.add(1);
        map.set(key[0], value[0] == null ? zeroOf(field.values()) : value[0]);
    }

    /** The value on which the stream stands; null for Go's zero time. */
    private @Nullable JsonNode one(FieldShape field) throws IOException {
        tally.add(1);
        if (field.form() == FieldShape.Form.SCALAR) {
            return scalar(field.type());
        }
        JsonNode[] found = {null};
        nested(
                () ->
                        found[0] =
                                switch (field.form()) {
                                    case QUANTITY -> NODES.stringNode(textOfFirstField());
                                    case INT_OR_STRING -> intOrString();
                                    case TIME -> time(DateTimeFormatter.ISO_INSTANT, 0);
                                    case MICRO_TIME -> time(MICROS, 1);
                                    case RAW -> raw();
                                    case TEXTS -> texts();
                                    case SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_TEXTS ->
                                            alternative(read(field.fields()));
                                    default -> read(field.fields());
                                });
        return found[0];
    }

    private JsonNode scalar(FieldDescriptor.Type type) throws IOException {
        return switch (type) {
            case STRING -> NODES.stringNode(in.readString());
            case BYTES -> NODES.stringNode(Base64.getEncoder().encodeToString(in.readByteArray()));
            case BOOL -> NODES.booleanNode(in.readBool());
            case DOUBLE -> NODES.numberNode(in.readDouble());
            case INT32, UINT32 -> NODES.numberNode(in.readInt32());
            default -> Scalars.whole(in.readInt64());
        };
    }

    private static JsonNode zeroOf(FieldShape field) {
        return switch (field.form()) {
            case SCALAR ->
                    switch (field.type()) {
                        case STRING, BYTES -> NODES.stringNode("");
                        case BOOL -> NODES.booleanNode(false);
                        default -> NODES.numberNode(0);
                    };
            case QUANTITY -> NODES.stringNode("0");
            case TEXTS -> NODES.arrayNode();
            default -> NODES.objectNode();
        };
    }

    private static boolean isZero(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> object.isEmpty();
            case ArrayNode list -> list.isEmpty();
            default ->
                    value.isString() && value.stringValue().isEmpty()
                            || value.isBoolean() && !value.booleanValue()
                            || value.isNumber() && value.doubleValue() == 0;
        };
    }

    private String textOfFirstField() throws IOException {
        String text = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                text = in.readString();
            } else {
                in.skipField(tag);
            }
        }
        return text.isEmpty() ? "0" : text;
    }

    private JsonNode intOrString() throws IOException {
        long type = 0;
        long number = 0;
        String text = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> type = in.readInt64();
                case 2 -> number = in.readInt32();
                case 3 -> text = in.readString();
                default -> in.skipField(tag);
            }
        }
        return type == 1 ? NODES.stringNode(text) : Scalars.whole(number);
    }

    private @Nullable JsonNode time(DateTimeFormatter format, int nanoFactor) throws IOException {
        long seconds = 0;
        int nanos = 0;
        boolean isSet = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            isSet = true;
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> seconds = in.readInt64();
                case 2 -> nanos = in.readInt32();
                default -> in.skipField(tag);
            }
        }
        return isSet
                ? NODES.stringNode(
                        format.format(Instant.ofEpochSecond(seconds, (long) nanos * nanoFactor)))
                : null;
    }

    /** Embedded JSON, or an object in its own envelope. */
    private @Nullable JsonNode raw() throws IOException {
        byte[] bytes = {};
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                bytes = in.readByteArray();
            } else {
                in.skipField(tag);
            }
        }
        if (bytes.length == 0) {
            return null;
        }
        if (ProtobufCodec.hasEnvelope(bytes)) {
            return enveloped.read(bytes, tally);
        }
        try {
            tally.add(TreeReader.count(bytes));
            return JsonMapper.shared().readTree(bytes);
        } catch (JacksonException notJson) {
            throw new InvalidProtocolBufferException("embedded object is not JSON");
        }
    }

    private ArrayNode texts() throws IOException {
        ArrayNode list = NODES.arrayNode();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                tally.add(1);
                list.add(in.readString());
            } else {
                in.skipField(tag);
            }
        }
        return list;
    }

    private static JsonNode alternative(ObjectNode message) {
        for (String list : new String[] {"jSONSchemas", "property", "schema"}) {
            if (message.has(list)) {
                return message.get(list);
            }
        }
        return NODES.booleanNode(message.path("allows").asBoolean(false));
    }

    private interface Reading {
        void read() throws IOException;
    }

    private void nested(Reading reading) throws IOException {
        tally.enter();
        int limit = in.pushLimit(in.readRawVarint32());
        reading.read();
        in.checkLastTagWas(0);
        in.popLimit(limit);
        tally.leave();
    }
}
