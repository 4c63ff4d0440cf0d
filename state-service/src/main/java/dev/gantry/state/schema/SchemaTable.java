package dev.gantry.state.schema;

import dev.gantry.model.fault.Bug;
import dev.gantry.state.schema.Field.ListType;
import dev.gantry.state.schema.Field.PatchStrategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the table of types. A block per type: {@code = NAME}, {@code : GROUP/VERSION/KIND}, then a
 * line per field: {@code NAME SHAPE FLAGS…}, where a shape that starts with a dot names a type of
 * the same package.
 *
 * <p>A space in a value of an enumeration is written as an underscore.
 *
 * <p>The flag {@code empty} is of fields of which a rule of upstream tells an empty list or map
 * from nil: only asking a real server tells which those are.
 */
final class SchemaTable {
    private static final Map<String, Shape> SCALARS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("string", Shape.Scalar.STRING),
                            Map.entry("int32", Shape.Scalar.INT32),
                            Map.entry("int64", Shape.Scalar.INT64),
                            Map.entry("bool", Shape.Scalar.BOOL),
                            Map.entry("double", Shape.Scalar.DOUBLE),
                            Map.entry("bytes", Shape.Scalar.BYTES),
                            Map.entry("time", Shape.Scalar.TIME),
                            Map.entry("microtime", Shape.Scalar.MICRO_TIME),
                            Map.entry("quantity", Shape.Scalar.QUANTITY),
                            Map.entry("intorstring", Shape.Scalar.INT_OR_STRING),
                            Map.entry("any", Shape.Scalar.ANY)));

    private final Map<String, StructType> types = new TreeMap<>();

    private SchemaTable() {}

    static Map<String, StructType> parse(List<String> lines) {
        SchemaTable table = new SchemaTable();
        for (String line : lines) {
            if (line.startsWith("= ")) {
                String[] words = line.split(" ");
                table.types.put(words[1], new StructType(words[1], words.length > 2));
            }
        }
        int start = 0;
        for (int i = 1; i <= lines.size(); i++) {
            if (i == lines.size() || lines.get(i).startsWith("= ")) {
                table.fill(lines.subList(start, i));
                start = i;
            }
        }
        return table.types;
    }

    private void fill(List<String> block) {
        StructType type = typeOf(block.getFirst().split(" ")[1]);
        List<GroupVersionKind> kinds = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (String line : block.subList(1, block.size())) {
            if (line.startsWith(": ")) {
                String[] parts = line.substring(2).split("/", -1);
                kinds.add(new GroupVersionKind(parts[0], parts[1], parts[2]));
            } else {
                fields.add(field(line, type.name()));
            }
        }
        type.fill(fields, kinds);
    }

    private Field field(String line, String owner) {
        String[] words = line.split(" ");
        Map<String, String> flags = new TreeMap<>();
        for (String word : Arrays.asList(words).subList(2, words.length)) {
            int equals = word.indexOf('=');
            flags.put(
                    equals < 0 ? word : word.substring(0, equals),
                    equals < 0 ? "" : word.substring(equals + 1));
        }
        String list = flags.getOrDefault("list", "");
        String patch = flags.getOrDefault("patch", "");
        return new Field(
                words[0],
                shape(words[1], owner),
                flags.containsKey("required"),
                flags.containsKey("pointer"),
                flags.containsKey("written"),
                flags.containsKey("empty"),
                listType(list),
                list.startsWith("map:") ? List.of(list.substring(4).split(",")) : List.of(),
                flags.getOrDefault("map", "").equals("atomic"),
                flags.getOrDefault("map", "").equals("granular"),
                patch.isEmpty()
                        ? PatchStrategy.NONE
                        : new PatchStrategy(
                                patch.contains("merge"),
                                patch.contains("retainKeys"),
                                patch.equals("replace"),
                                flags.getOrDefault("key", "")),
                flags.getOrDefault("default", ""),
                flags.containsKey("enum") ? enumeration(flags.get("enum")) : List.of());
    }

    private static List<String> enumeration(String values) {
        return List.of(values.replace('_', ' ').split(","));
    }

    private static ListType listType(String text) {
        return switch (text) {
            case "set" -> ListType.SET;
            case "atomic" -> ListType.ATOMIC;
            case "" -> ListType.UNDECLARED;
            default -> ListType.MAP;
        };
    }

    private Shape shape(String text, String owner) {
        if (text.startsWith("[]")) {
            return new Shape.ListOf(shape(text.substring(2), owner));
        }
        if (text.startsWith("{}")) {
            return new Shape.MapOf(shape(text.substring(2), owner));
        }
        Shape scalar = SCALARS.get(text);
        if (scalar != null) {
            return scalar;
        }
        return typeOf(
                text.startsWith(".") ? owner.substring(0, owner.lastIndexOf('.')) + text : text);
    }

    private StructType typeOf(String name) {
        StructType found = types.get(name);
        if (found == null) {
            throw new Bug("the table of types refers to " + name + ", which it lacks");
        }
        return found;
    }
}
