package dev.gantry.state.shell.api;

import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.Shape;
import dev.gantry.state.schema.StructType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object of which one field has a value that is seldom meant: empty, negative, too long, no
 * name, twice the same. What is not there on the way to the field is made, and nothing else of it.
 *
 * @param path such as {@code spec.ports.0.name}
 */
record OneFieldOff(String path, JsonNode value, ObjectNode object) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 12;
    private static final Set<String> SAME_FOR_ALL =
            Set.of("apiVersion", "kind", "metadata", "status");

    /** Every field of the type, but for the metadata and the status. */
    static List<OneFieldOff> all(ObjectNode base, StructType type) {
        Map<String, OneFieldOff> found = new LinkedHashMap<>();
        new Walk(base, found).fields(type, List.of(), new HashSet<>());
        return List.copyOf(found.values());
    }

    @Override
    public String toString() {
        return path + "=" + value;
    }

    private record Walk(ObjectNode base, Map<String, OneFieldOff> found) {
        /**
         * @param above the types on the way, which are not entered again
         */
        void fields(StructType type, List<Object> at, Set<StructType> above) {
            if (at.size() > DEEPEST || !above.add(type)) {
                return;
            }
            for (Field field : type.fields()) {
                if (!at.isEmpty() || !SAME_FOR_ALL.contains(field.name())) {
                    value(field.shape(), below(at, field.name()), above);
                }
            }
            above.remove(type);
        }

        private void value(Shape shape, List<Object> at, Set<StructType> above) {
            switch (shape) {
                case StructType struct -> {
                    add(at, JSON.objectNode());
                    fields(struct, at, above);
                }
                case Shape.ListOf list -> {
                    add(at, JSON.arrayNode());
                    twice(at);
                    value(list.item(), below(at, 0), above);
                }
                case Shape.MapOf map -> {
                    add(at, JSON.objectNode());
                    entries(map.value())
                            .forEach((key, each) -> add(at, JSON.objectNode().set(key, each)));
                }
                case Shape.Scalar scalar -> values(scalar).forEach(each -> add(at, each));
            }
        }

        private void twice(List<Object> at) {
            JsonNode items =
                    base.at("/" + String.join("/", at.stream().map(String::valueOf).toList()));
            if (items instanceof ArrayNode list && !list.isEmpty()) {
                add(at, list.deepCopy().add(list.get(0)));
            }
        }

        private void add(List<Object> at, JsonNode value) {
            String path = String.join(".", at.stream().map(String::valueOf).toList());
            ObjectNode object = base.deepCopy();
            if (set(object, at, value) && !object.equals(base)) {
                found.putIfAbsent(object.toString(), new OneFieldOff(path, value, object));
            }
        }

        /** False where something else is on the way. */
        private static boolean set(ObjectNode object, List<Object> at, JsonNode value) {
            JsonNode place = object;
            for (int i = 0; i < at.size() - 1; i++) {
                boolean isList = at.get(i + 1) instanceof Integer;
                Optional<JsonNode> next = child(place, at.get(i), isList);
                if (next.isEmpty() || next.get().isArray() != isList) {
                    return false;
                }
                place = next.get();
            }
            if (at.getLast() instanceof String name) {
                ((ObjectNode) place).set(name, value);
            } else if (place.isEmpty()) {
                ((ArrayNode) place).add(value);
            } else {
                ((ArrayNode) place).set(0, value);
            }
            return true;
        }

        private static Optional<JsonNode> child(JsonNode place, Object step, boolean isList) {
            JsonNode made = isList ? JSON.arrayNode() : JSON.objectNode();
            if (step instanceof String name) {
                if (!place.path(name).isContainer()) {
                    ((ObjectNode) place).set(name, made);
                }
                return Optional.of(place.path(name));
            }
            if (place.isEmpty()) {
                ((ArrayNode) place).add(made);
            }
            return Optional.of(place.path(0)).filter(JsonNode::isContainer);
        }

        private static List<Object> below(List<Object> at, Object step) {
            List<Object> longer = new ArrayList<>(at);
            longer.add(step);
            return longer;
        }

        private static List<JsonNode> values(Shape.Scalar scalar) {
            return switch (scalar) {
                case STRING ->
                        texts("", "Foo_Bar", "x".repeat(300), "a b", "foo", "/abs/../path", "1");
                case INT32, INT64 -> numbers(-1, 0, 1, Integer.MAX_VALUE);
                case DOUBLE -> numbers(-1, 0);
                case BOOL -> List.of(JSON.booleanNode(true), JSON.booleanNode(false));
                case BYTES -> texts("", "AAAA");
                case TIME -> texts("2026-01-01T00:00:00Z");
                case MICRO_TIME -> texts("2026-01-01T00:00:00.000000Z");
                case QUANTITY -> texts("-1", "0", "1", "1m", "abc", "1.5Gi");
                case INT_OR_STRING -> {
                    List<JsonNode> both = new ArrayList<>(texts("", "10%", "101%", "abc"));
                    both.addAll(numbers(-1, 0, 70_000));
                    yield both;
                }
                case ANY -> List.of(JSON.objectNode());
            };
        }

        private static Map<String, JsonNode> entries(Shape value) {
            Map<String, JsonNode> odd = new LinkedHashMap<>();
            if (value == Shape.Scalar.STRING) {
                odd.put("Bad Key", JSON.stringNode("a"));
                odd.put("a/b/c", JSON.stringNode("a"));
                odd.put("", JSON.stringNode("a"));
                odd.put("ok", JSON.stringNode("Bad Value"));
                odd.put("long", JSON.stringNode("x".repeat(300)));
            } else if (value == Shape.Scalar.QUANTITY) {
                odd.put("cpu", JSON.stringNode("-1"));
                odd.put("Bad Key", JSON.stringNode("1"));
                odd.put("memory", JSON.stringNode("1m"));
                odd.put("example.com/gpu", JSON.stringNode("1.5"));
                odd.put("hugepages-2Mi", JSON.stringNode("1Mi"));
                odd.put("storage", JSON.stringNode("abc"));
            }
            return odd;
        }

        private static List<JsonNode> texts(String... all) {
            return Stream.of(all).<JsonNode>map(JSON::stringNode).toList();
        }

        private static List<JsonNode> numbers(int... all) {
            return IntStream.of(all).<JsonNode>mapToObj(JSON::numberNode).toList();
        }
    }
}
