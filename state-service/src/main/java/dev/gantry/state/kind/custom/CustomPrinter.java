package dev.gantry.state.kind.custom;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.table.Age;
import dev.gantry.state.table.Cells;
import dev.gantry.state.table.Column;
import dev.gantry.state.table.PlainPrinter;
import dev.gantry.state.table.Printer;
import dev.gantry.state.table.SimplePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The name, and a column for each path that the definition names.
 *
 * <p>Compat: {@code tableconvertor} of apiextensions-apiserver: a cell is empty where there is
 * nothing of the column's type.
 */
record CustomPrinter(List<Column> columns, List<Optional<SimplePath>> paths) implements Printer {
    /** An age where the definition has no columns. */
    static Printer of(JsonNode declared) {
        if (declared.isEmpty()) {
            return PlainPrinter.NAME_AND_AGE;
        }
        List<Column> columns = new ArrayList<>(List.of(Column.NAME));
        List<Optional<SimplePath>> paths = new ArrayList<>();
        for (JsonNode each : declared) {
            String path = Resource.text(each, "jsonPath");
            String description = Resource.text(each, "description");
            columns.add(
                    new Column(
                            Resource.text(each, "name"),
                            Resource.text(each, "type"),
                            Resource.text(each, "format"),
                            description.isEmpty()
                                    ? "Custom resource definition column (in JSONPath format): "
                                            + path
                                    : description,
                            each.path("priority").asInt(0)));
            paths.add(SimplePath.parse(path));
        }
        return new CustomPrinter(List.copyOf(columns), List.copyOf(paths));
    }

    @Override
    public void print(ObjectNode object, Cells row) {
        row.name(object);
        for (int i = 0; i < paths.size(); i++) {
            Optional<JsonNode> value = paths.get(i).flatMap(path -> path.first(object));
            row.add(
                    value.isPresent()
                            ? cell(columns.get(i + 1).type(), value.get(), row)
                            : JsonNodeFactory.instance.nullNode());
        }
    }

    private static JsonNode cell(String type, JsonNode value, Cells row) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (type) {
            case "string" -> make.stringNode(SimplePath.text(value));
            case "integer" -> value.isNumber() ? make.numberNode(value.asLong(0)) : make.nullNode();
            case "number" -> value.isNumber() ? value : make.nullNode();
            case "boolean" -> value.isBoolean() ? value : make.nullNode();
            case "date" ->
                    value.isString()
                            ? make.stringNode(
                                    Resource.instant(value).isPresent()
                                            ? Age.since(value, row.now())
                                            : "<invalid>")
                            : make.nullNode();
            default -> make.nullNode();
        };
    }
}
