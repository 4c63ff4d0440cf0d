package dev.gantry.state.schema.structural;

import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Drops what a schema does not declare.
 *
 * <p>Compat: {@code pruning} of apiextensions-apiserver: under {@code preserve-unknown-fields}
 * unknown fields stay, and what is declared below them is pruned all the same.
 */
final class Pruning {
    private static final Set<String> OF_ALL = Set.of("apiVersion", "kind", "metadata");

    private final List<String> dropped = new ArrayList<>();

    private Pruning() {}

    /** Changes {@code object} and gives the paths of what went. */
    static List<String> prune(ObjectNode object, StructuralSchema schema) {
        Pruning pruning = new Pruning();
        pruning.object(object, schema, true, "");
        return pruning.dropped;
    }

    /** As above, of a value that is not a whole object. */
    static List<String> prune(JsonNode value, StructuralSchema schema) {
        Pruning pruning = new Pruning();
        pruning.value(value, schema, "");
        return pruning.dropped;
    }

    private void value(JsonNode value, StructuralSchema schema, String path) {
        if (value instanceof ObjectNode object) {
            boolean isResource = schema.extensions().isEmbedded();
            object(object, schema, isResource, path);
            if (isResource && object.path("metadata") instanceof ObjectNode metadata) {
                declared(metadata, Schema.builtin().objectMeta(), path + ".metadata");
            }
        } else if (value instanceof ArrayNode list && schema.items().isPresent()) {
            for (int i = 0; i < list.size(); i++) {
                value(list.get(i), schema.items().get(), path + "[" + i + "]");
            }
        }
    }

    private void object(
            ObjectNode object, StructuralSchema schema, boolean isResource, String path) {
        for (String name : List.copyOf(object.propertyNames())) {
            String below = path.isEmpty() ? name : path + "." + name;
            StructuralSchema declared = schema.properties().get(name);
            if (isResource && OF_ALL.contains(name)) {
                continue;
            }
            if (declared != null) {
                value(object.path(name), declared, below);
            } else if (schema.additional().isPresent()) {
                value(object.path(name), schema.additional().get(), below);
            } else if (!schema.extensions().preservesUnknown()) {
                object.remove(name);
                dropped.add(below);
            }
        }
    }

    /** Drops what a type of the published API does not have: the metadata of embedded objects. */
    private void declared(ObjectNode object, StructType type, String path) {
        for (String name : List.copyOf(object.propertyNames())) {
            Optional<Field> field = type.field(name);
            if (field.isEmpty()) {
                object.remove(name);
                dropped.add(path + "." + name);
            } else if (field.get().shape() instanceof StructType below
                    && object.path(name) instanceof ObjectNode part) {
                declared(part, below, path + "." + name);
            }
        }
    }
}
