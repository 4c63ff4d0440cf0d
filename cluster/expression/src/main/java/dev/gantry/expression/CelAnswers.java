package dev.gantry.expression;

import com.google.protobuf.NullValue;
import com.google.protobuf.Timestamp;
import dev.cel.common.values.CelByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What expressions give, as JSON. */
public final class CelAnswers {
    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

    private CelAnswers() {}

    /** Empty where the value, or a part of it, has no form in JSON. */
    public static Optional<JsonNode> json(Object value) {
        return switch (value) {
            case ObjectLiteral literal -> map(literal.fields());
            case Map<?, ?> map -> map(map);
            case Collection<?> list -> list(list);
            case Optional<?> optional -> optional.flatMap(CelAnswers::json);
            default -> scalar(value);
        };
    }

    private static Optional<JsonNode> map(Map<?, ?> map) {
        ObjectNode object = MAKE.objectNode();
        for (Map.Entry<?, ?> each : map.entrySet()) {
            Optional<JsonNode> field = json(each.getValue());
            if (field.isEmpty() || !(each.getKey() instanceof String name)) {
                return Optional.empty();
            }
            object.set(name, field.get());
        }
        return Optional.of(object);
    }

    private static Optional<JsonNode> list(Collection<?> list) {
        ArrayNode array = MAKE.arrayNode();
        for (Object each : list) {
            Optional<JsonNode> item = json(each);
            if (item.isEmpty()) {
                return Optional.empty();
            }
            array.add(item.get());
        }
        return Optional.of(array);
    }

    private static Optional<JsonNode> scalar(Object value) {
        return switch (value) {
            case String text -> Optional.of(MAKE.stringNode(text));
            case Boolean truth -> Optional.of(MAKE.booleanNode(truth));
            case Double number ->
                    Optional.of(
                            number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE
                                    ? MAKE.numberNode(number.longValue())
                                    : MAKE.numberNode(number));
            case Number number -> Optional.of(MAKE.numberNode(number.longValue()));
            case NullValue _ -> Optional.of(MAKE.nullNode());
            case dev.cel.common.values.NullValue _ -> Optional.of(MAKE.nullNode());
            case CelByteString bytes ->
                    Optional.of(
                            MAKE.stringNode(
                                    Base64.getEncoder().encodeToString(bytes.toByteArray())));
            case Instant moment -> Optional.of(MAKE.stringNode(moment.toString()));
            case Timestamp moment ->
                    Optional.of(
                            MAKE.stringNode(
                                    Instant.ofEpochSecond(moment.getSeconds(), moment.getNanos())
                                            .toString()));
            case Duration duration -> Optional.of(MAKE.stringNode(duration.toSeconds() + "s"));
            default -> Optional.empty();
        };
    }
}
