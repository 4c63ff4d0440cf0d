package dev.gantry.expression;

import com.google.protobuf.NullValue;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import dev.gantry.model.quantity.Quantity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as expressions read it. What is not of the form that it should be stays as it is. */
public final class CelValues {
    private CelValues() {}

    public static Object of(JsonNode value, CelForm form) {
        return switch (value) {
            case ObjectNode object -> form.isStruct() ? struct(object, form) : map(object, form);
            case ArrayNode list -> list(list, form);
            default -> scalar(value, form);
        };
    }

    /** A null is as good as nothing there. */
    private static Map<String, Object> struct(ObjectNode object, CelForm form) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (var each : object.properties()) {
            Optional<String> name = CelNames.of(each.getKey());
            CelForm field = name.map(form.fields()::get).orElse(null);
            if (field != null && !each.getValue().isNull()) {
                fields.put(name.orElseThrow(), of(each.getValue(), field));
            }
        }
        return fields;
    }

    private static Map<String, Object> map(ObjectNode object, CelForm form) {
        CelForm values = form.parts().orElse(CelForm.ANYTHING);
        Map<String, Object> entries = new LinkedHashMap<>();
        object.properties()
                .forEach(each -> entries.put(each.getKey(), of(each.getValue(), values)));
        return entries;
    }

    private static List<Object> list(ArrayNode list, CelForm form) {
        CelForm items = form.parts().orElse(CelForm.ANYTHING);
        List<Object> all = new ArrayList<>(list.size());
        list.forEach(each -> all.add(of(each, items)));
        return all;
    }

    private static Object scalar(JsonNode value, CelForm form) {
        if (value.isString()) {
            return text(value.stringValue(), form);
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isNumber()) {
            boolean isWhole = value.isIntegralNumber() && !form.type().equals(SimpleType.DOUBLE);
            boolean isInteger = form.type().equals(SimpleType.INT);
            return isWhole || isInteger ? (Object) value.asLong(0) : (Object) value.asDouble(0);
        }
        return NullValue.NULL_VALUE;
    }

    private static Object text(String text, CelForm form) {
        return switch (form.type().kind()) {
            case TIMESTAMP -> moment(text);
            case BYTES -> bytes(text);
            case OPAQUE ->
                    form.type().equals(QuantityFunctions.TYPE)
                            ? Quantity.parse(text).<Object>map(each -> each).orElse(text)
                            : text;
            default -> text;
        };
    }

    private static Object moment(String text) {
        try {
            Instant moment =
                    text.length() == "2000-01-01".length()
                            ? Instant.parse(text + "T00:00:00Z")
                            : OffsetDateTime.parse(text).toInstant();
            return moment;
        } catch (DateTimeException malformed) {
            return text;
        }
    }

    private static Object bytes(String text) {
        try {
            return CelByteString.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
