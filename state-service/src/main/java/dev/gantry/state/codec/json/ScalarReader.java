package dev.gantry.state.codec.json;

import dev.gantry.model.json.Trees;
import dev.gantry.state.schema.Shape;
import dev.gantry.state.schema.Shape.Scalar;
import dev.gantry.state.schema.StructType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads the value on which a parser stands. */
final class ScalarReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;

    ScalarReader(JsonParser parser) {
        this.parser = parser;
    }

    /** What came of reading one value. */
    sealed interface Outcome {
        record Value(JsonNode node) implements Outcome {}

        /** The right JSON type, but no such value. */
        record Failed(String why) implements Outcome {}

        /** {@code found} is what Go calls the JSON value. */
        record OfOtherType(String found) implements Outcome {}
    }

    Outcome read(Scalar scalar, JsonToken token) {
        return switch (scalar) {
            case STRING ->
                    token == JsonToken.VALUE_STRING
                            ? new Outcome.Value(NODES.stringNode(parser.getString()))
                            : other(token);
            case BOOL -> bool(token);
            case INT32 -> integer(token, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64 -> integer(token, Long.MIN_VALUE, Long.MAX_VALUE);
            case DOUBLE -> isNumber(token) ? new Outcome.Value(any(token)) : other(token);
            case QUANTITY ->
                    token == JsonToken.VALUE_STRING || isNumber(token)
                            ? canonical(Scalars.quantity(parser.getString()))
                            : new Outcome.Failed(badQuantity(token));
            case INT_OR_STRING -> intOrString(token);
            case BYTES ->
                    token == JsonToken.VALUE_STRING
                            ? canonical(Scalars.base64(parser.getString()))
                            : other(token);
            case TIME ->
                    token == JsonToken.VALUE_STRING
                            ? canonical(Scalars.time(parser.getString()))
                            : other(token);
            case MICRO_TIME ->
                    token == JsonToken.VALUE_STRING
                            ? canonical(Scalars.microTime(parser.getString()))
                            : other(token);
            case ANY -> new Outcome.Value(any(token));
        };
    }

    /** A value without parts, whatever it is. */
    JsonNode any(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NUMBER_INT ->
                    parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                            ? NODES.numberNode(parser.getBigIntegerValue())
                            : Scalars.whole(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
            default -> NODES.nullNode();
        };
    }

    /** What Go holds where JSON says null and the value cannot be left out. */
    static @Nullable JsonNode zero(Shape shape) {
        return switch (shape) {
            case StructType _ -> Trees.object();
            case Shape.ListOf _ -> NODES.arrayNode();
            case Shape.MapOf _ -> Trees.object();
            case Scalar scalar ->
                    switch (scalar) {
                        case STRING, BYTES -> NODES.stringNode("");
                        case QUANTITY -> NODES.stringNode("0");
                        case INT32, INT64, DOUBLE, INT_OR_STRING -> NODES.numberNode(0);
                        case BOOL -> NODES.booleanNode(false);
                        case TIME, MICRO_TIME, ANY -> NODES.nullNode();
                    };
        };
    }

    static String goName(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "object";
            case START_ARRAY -> "array";
            case VALUE_STRING -> "string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
            case VALUE_TRUE, VALUE_FALSE -> "bool";
            default -> "null";
        };
    }

    private static boolean isNumber(JsonToken token) {
        return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
    }

    private Outcome bool(JsonToken token) {
        return token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE
                ? new Outcome.Value(NODES.booleanNode(token == JsonToken.VALUE_TRUE))
                : other(token);
    }

    private Outcome integer(JsonToken token, long min, long max) {
        if (token == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long value = parser.getLongValue();
            if (value >= min && value <= max) {
                return new Outcome.Value(Scalars.whole(value));
            }
        }
        return isNumber(token)
                ? new Outcome.OfOtherType("number " + parser.getString())
                : other(token);
    }

    private Outcome intOrString(JsonToken token) {
        if (token == JsonToken.VALUE_STRING) {
            return new Outcome.Value(NODES.stringNode(parser.getString()));
        }
        return integer(token, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private String badQuantity(JsonToken token) {
        skipParts(token);
        return "quantities must match the regular expression"
                + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    }

    private void skipParts(JsonToken token) {
        if (token == JsonToken.START_ARRAY || token == JsonToken.START_OBJECT) {
            parser.skipChildren();
        }
    }

    private static Outcome other(JsonToken token) {
        return new Outcome.OfOtherType(goName(token));
    }

    private static Outcome canonical(Scalars.Reading reading) {
        return switch (reading) {
            case Scalars.Reading.Canonical(var text) -> new Outcome.Value(NODES.stringNode(text));
            case Scalars.Reading.Wrong(var why) -> new Outcome.Failed(why);
        };
    }
}
