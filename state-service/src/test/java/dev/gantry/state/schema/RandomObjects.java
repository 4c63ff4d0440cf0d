package dev.gantry.state.schema;

import dev.gantry.state.schema.Shape.Scalar;
import java.util.Base64;
import java.util.Random;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Objects of any type, with values that mean nothing but fit. The same seed, the same objects. */
public final class RandomObjects {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_DEPTH = 9;

    private final Random random;

    public RandomObjects(long seed) {
        this.random = new Random(seed);
    }

    /** So many, or just the one in {@code -Dseed}. */
    public static LongStream seeds(int count) {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.rangeClosed(1, count) : LongStream.of(only);
    }

    public ObjectNode of(GroupVersionKind kind, StructType type) {
        ObjectNode object = NODES.objectNode();
        object.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
        fill(object, type, 0);
        return object;
    }

    /** Messages name their kind in the envelope only, so nested ones do not name it at all. */
    private void fill(ObjectNode object, StructType type, int depth) {
        boolean isKind = !type.kinds().isEmpty() || type.simpleName().endsWith("Options");
        for (Field field : type.fields()) {
            boolean namesKind =
                    isKind && (field.name().equals("kind") || field.name().equals("apiVersion"));
            if (!namesKind && depth < MAX_DEPTH && random.nextInt(depth + 2) < 2) {
                JsonNode value = value(field.shape(), depth + 1);
                boolean isEmpty = value.isContainer() && value.isEmpty();
                if (!isEmpty) {
                    object.set(field.name(), value);
                }
            }
        }
    }

    private JsonNode value(Shape shape, int depth) {
        return switch (shape) {
            case StructType type -> {
                ObjectNode object = NODES.objectNode();
                fill(object, type, depth);
                yield object;
            }
            case Shape.ListOf(Shape item) -> {
                ArrayNode list = NODES.arrayNode();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    list.add(value(item, depth));
                }
                yield list;
            }
            case Shape.MapOf(Shape item) -> {
                ObjectNode map = NODES.objectNode();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    map.set("key-" + random.nextInt(1000), value(item, depth));
                }
                yield map;
            }
            case Scalar scalar -> scalar(scalar);
        };
    }

    private JsonNode scalar(Scalar scalar) {
        return switch (scalar) {
            case STRING -> NODES.stringNode("text-" + random.nextInt(1000));
            case INT32 -> NODES.numberNode(1 + random.nextInt(Integer.MAX_VALUE - 1));
            case INT64 -> NODES.numberNode(Integer.MAX_VALUE + 1L + random.nextInt(1000));
            case BOOL -> NODES.booleanNode(true);
            case DOUBLE -> NODES.numberNode(1 + random.nextInt(1000) + 0.5);
            case BYTES -> {
                byte[] bytes = new byte[1 + random.nextInt(20)];
                random.nextBytes(bytes);
                yield NODES.stringNode(Base64.getEncoder().encodeToString(bytes));
            }
            case TIME -> NODES.stringNode("2026-01-02T03:04:%02dZ".formatted(random.nextInt(60)));
            case MICRO_TIME ->
                    NODES.stringNode(
                            "2026-01-02T03:04:05.%06dZ".formatted(random.nextInt(1_000_000)));
            case QUANTITY -> NODES.stringNode(1 + random.nextInt(999) + "Mi");
            case INT_OR_STRING ->
                    random.nextBoolean()
                            ? NODES.numberNode(random.nextInt(1000))
                            : NODES.stringNode(random.nextInt(100) + "%");
            case ANY -> NODES.objectNode().put("type", "type-" + random.nextInt(1000));
        };
    }
}
