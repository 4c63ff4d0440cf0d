package dev.gantry.state.openapi;

import dev.gantry.state.schema.StructType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Types of whose fields one is set at a time. A line per type: its name, the field that says which,
 * or a dash, and the others.
 */
final class Unions {
    private static final Map<String, List<String>> KNOWN = read();

    private Unions() {}

    static Optional<ArrayNode> of(StructType type) {
        return Optional.ofNullable(KNOWN.get(type.name())).map(Unions::document);
    }

    private static ArrayNode document(List<String> fields) {
        ArrayNode unions = JsonNodeFactory.instance.arrayNode();
        ObjectNode union = unions.addObject();
        if (!fields.getFirst().equals("-")) {
            union.put("discriminator", fields.getFirst());
        }
        ObjectNode byField = union.putObject("fields-to-discriminateBy");
        fields.subList(1, fields.size())
                .forEach(field -> byField.put(field, ApiGroupName.capitalized(field)));
        return unions;
    }

    private static Map<String, List<String>> read() {
        Map<String, List<String>> known = new TreeMap<>();
        for (String line : OwnWords.lines("unions.txt")) {
            List<String> words = Arrays.asList(line.split(" "));
            known.put(words.getFirst(), words.subList(1, words.size()));
        }
        return known;
    }
}
