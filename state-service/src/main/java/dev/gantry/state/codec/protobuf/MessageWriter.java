package dev.gantry.state.codec.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes JSON trees as messages: fields from the last to the first. One use per message tree. */
final class MessageWriter {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;

    private final ReverseBuffer out;

    MessageWriter(ReverseBuffer out) {
        this.out = out;
    }

    void write(MessageShape shape, JsonNode object) {
        for (FieldShape field : shape.descending()) {
            if (field.form() == FieldShape.Form.INLINE) {
                int before = out.size();
                write(field.fields(), object);
                if (out.size() > before) {
                    out.message(field.number(), before);
                }
                continue;
            }
            JsonNode value = object.get(field.name());
            if (value != null && !value.isNull()) {
                field(field, value);
            }
        }
    }

    private void field(FieldShape field, JsonNode value) {
        if (field.form() == FieldShape.Form.MAP) {
            map(field, value);
        } else if (field.isRepeated()) {
            List<JsonNode> items = new ArrayList<>(value.size());
            value.forEach(items::add);
            items.reversed().forEach(item -> one(field, item));
        } else {
            one(field, value);
        }
    }

    /** Sorted by key, as Go writes them. */
    private void map(FieldShape field, JsonNode map) {
        TreeMap<String, JsonNode> sorted = new TreeMap<>();
        map.properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
        sorted.descendingMap()
                .forEach(
                        (key, value) -> {
                            int before = out.size();
                            one(field.values(), value);
                            out.text(1, key);
                            out.message(field.number(), before);
                        });
    }

    private void one(FieldShape field, JsonNode value) {
        int number = field.number();
        int before = out.size();
        switch (field.form()) {
            case SCALAR -> scalar(number, field.type(), value);
            case QUANTITY -> {
                out.text(1, value.asString());
                out.message(number, before);
            }
            case INT_OR_STRING -> {
                intOrString(value);
                out.message(number, before);
            }
            case TIME -> {
                time(value, false);
                out.message(number, before);
            }
            case MICRO_TIME -> {
                time(value, true);
                out.message(number, before);
            }
            case RAW -> {
                out.bytes(1, value.toString().getBytes(StandardCharsets.UTF_8));
                out.message(number, before);
            }
            case TEXTS -> {
                for (int i = value.size() - 1; i >= 0; i--) {
                    out.text(1, value.get(i).asString(""));
                }
                out.message(number, before);
            }
            case SCHEMA_OR_ARRAY, SCHEMA_OR_BOOL, SCHEMA_OR_TEXTS -> {
                write(field.fields(), alternatives(field.form(), value));
                out.message(number, before);
            }
            case MESSAGE, INLINE, MAP -> {
                write(field.fields(), value);
                out.message(number, before);
            }
        }
    }

    private static ObjectNode alternatives(FieldShape.Form form, JsonNode value) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        if (value instanceof ArrayNode) {
            String name = form == FieldShape.Form.SCHEMA_OR_ARRAY ? "jSONSchemas" : "property";
            message.set(name, value);
        } else if (value.isBoolean()) {
            message.set("allows", value);
        } else {
            if (form == FieldShape.Form.SCHEMA_OR_BOOL) {
                message.put("allows", true);
            }
            message.set("schema", value);
        }
        return message;
    }

    private void scalar(int number, FieldDescriptor.Type type, JsonNode value) {
        switch (type) {
            case STRING -> out.text(number, value.asString(""));
            case BYTES -> out.bytes(number, Base64.getDecoder().decode(value.asString("")));
            case BOOL -> {
                out.varint(value.asBoolean(false) ? 1 : 0);
                out.tag(number, VARINT);
            }
            case DOUBLE -> {
                out.fixed64(Double.doubleToLongBits(value.asDouble(0)));
                out.tag(number, FIXED64);
            }
            default -> {
                out.varint(value.asLong(0));
                out.tag(number, VARINT);
            }
        }
    }

    private void intOrString(JsonNode value) {
        boolean isText = value.isString();
        out.text(3, isText ? value.stringValue() : "");
        out.varint(isText ? 0 : value.asLong(0));
        out.tag(2, VARINT);
        out.varint(isText ? 1 : 0);
        out.tag(1, VARINT);
    }

    /** Compat: a Time is sent in whole seconds, a MicroTime in whole microseconds. */
    private void time(JsonNode value, boolean hasMicros) {
        try {
            Instant instant = OffsetDateTime.parse(value.asString("")).toInstant();
            out.varint(hasMicros ? instant.getNano() / 1000 * 1000 : 0);
            out.tag(2, VARINT);
            out.varint(instant.getEpochSecond());
            out.tag(1, VARINT);
        } catch (DateTimeException notATime) {
            // An empty message is Go's zero time.
            return;
        }
    }
}
