package dev.gantry.state.openapi;

import dev.gantry.model.fault.Bug;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parameters of paths and queries. A line per parameter: its name, where that alone would be
 * ambiguous after what it belongs to; its type; what it is for.
 */
final class ParameterDocuments {
    private static final Map<String, Known> KNOWN = read();

    private final Dialect dialect;

    private record Known(String type, String words) {}

    ParameterDocuments(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * @param of what it belongs to, such as {@code exec}; asked first
     */
    ObjectNode query(String of, String name) {
        return parameter(name, "query", known(of, name));
    }

    ObjectNode nameOf(String kind) {
        return parameter("name", "path", new Known("string", "name of the " + kind));
    }

    ObjectNode path(String name) {
        return parameter(name, "path", known("path", name));
    }

    private static Known known(String of, String name) {
        Known own = KNOWN.get(of + "." + name);
        Known found = own == null ? KNOWN.get(name) : own;
        if (found == null) {
            throw new Bug("nothing is known of a parameter %s of %s".formatted(name, of));
        }
        return found;
    }

    private ObjectNode parameter(String name, String in, Known known) {
        ObjectNode document =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", name)
                        .put("in", in)
                        .put("description", known.words());
        if (in.equals("path")) {
            document.put("required", true);
        }
        ObjectNode typed = dialect == Dialect.V2 ? document : document.putObject("schema");
        typed.put("type", known.type()).put("uniqueItems", true);
        return document;
    }

    private static Map<String, Known> read() {
        Map<String, Known> known = new TreeMap<>();
        for (String line : OwnWords.lines("parameters.txt")) {
            String[] parts = line.split(" ", 3);
            known.put(parts[0], new Known(parts[1], parts[2]));
        }
        return known;
    }
}
