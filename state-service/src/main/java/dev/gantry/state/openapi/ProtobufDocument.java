package dev.gantry.state.openapi;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The document of version 2 in the protobuf form that client-go asks for.
 *
 * <p>Compat: field numbers are those of gnostic's {@code openapi.v2} messages. Only what our own
 * documents contain is written.
 */
final class ProtobufDocument {
    private static final Map<String, Integer> METHODS =
            new TreeMap<>(
                    Map.of(
                            "get", 2, "put", 3, "post", 4, "delete", 5, "options", 6, "head", 7,
                            "patch", 8));

    private ProtobufDocument() {}

    static byte[] of(JsonNode document) {
        Wire paths = new Wire();
        for (var each : document.path("paths").properties()) {
            paths.message(2, named(each.getKey(), pathItem(each.getValue())));
        }
        Wire definitions = new Wire();
        for (var each : document.path("definitions").properties()) {
            definitions.message(1, named(each.getKey(), schema(each.getValue())));
        }
        JsonNode info = document.path("info");
        return new Wire()
                .text(1, document.path("swagger").asString(""))
                .message(
                        2,
                        new Wire()
                                .text(1, info.path("title").asString(""))
                                .text(2, info.path("version").asString("")))
                .message(8, paths)
                .message(9, definitions)
                .message(10, sharedParameters(document.path("parameters")))
                .message(12, security(document))
                .message(13, securityDefinitions(document.path("securityDefinitions")))
                .toBytes();
    }

    private static Wire sharedParameters(JsonNode parameters) {
        Wire all = new Wire();
        for (var each : parameters.properties()) {
            all.message(1, named(each.getKey(), declared(each.getValue())));
        }
        return all;
    }

    private static Wire security(JsonNode document) {
        Wire all = new Wire();
        document.path("security")
                .forEach(
                        each ->
                                each.propertyNames()
                                        .forEach(name -> all.message(1, named(name, new Wire()))));
        return all;
    }

    private static Wire securityDefinitions(JsonNode definitions) {
        Wire all = new Wire();
        for (var each : definitions.properties()) {
            Wire key = new Wire();
            String[] fields = {"type", "name", "in", "description"};
            for (int i = 0; i < fields.length; i++) {
                key.text(i + 1, each.getValue().path(fields[i]).asString(""));
            }
            all.message(1, named(each.getKey(), new Wire().message(2, key)));
        }
        return all;
    }

    private static Wire named(String name, Wire value) {
        return new Wire().text(1, name).message(2, value);
    }

    private static Wire pathItem(JsonNode path) {
        Wire item = new Wire();
        METHODS.forEach(
                (method, number) -> {
                    if (path.has(method)) {
                        item.message(number, operation(path.path(method)));
                    }
                });
        for (JsonNode parameter : path.path("parameters")) {
            item.message(9, parameter(parameter));
        }
        return item;
    }

    private static Wire operation(JsonNode operation) {
        Wire wire = new Wire();
        operation.path("tags").forEach(tag -> wire.text(1, tag.asString("")));
        wire.text(3, operation.path("description").asString(""));
        wire.text(5, operation.path("operationId").asString(""));
        operation.path("produces").forEach(type -> wire.text(6, type.asString("")));
        operation.path("consumes").forEach(type -> wire.text(7, type.asString("")));
        operation.path("parameters").forEach(each -> wire.message(8, parameter(each)));
        Wire responses = new Wire();
        for (var each : operation.path("responses").properties()) {
            Wire response = new Wire().text(1, each.getValue().path("description").asString(""));
            if (each.getValue().has("schema")) {
                response.message(2, new Wire().message(1, schema(each.getValue().path("schema"))));
            }
            responses.message(1, named(each.getKey(), new Wire().message(1, response)));
        }
        wire.message(9, responses);
        operation.path("schemes").forEach(scheme -> wire.text(10, scheme.asString("")));
        extensions(operation, 13, wire);
        return wire;
    }

    private static Wire parameter(JsonNode parameter) {
        return parameter.has("$ref")
                ? new Wire().message(2, new Wire().text(1, parameter.path("$ref").asString("")))
                : new Wire().message(1, declared(parameter));
    }

    /** With a body or without. */
    private static Wire declared(JsonNode parameter) {
        String name = parameter.path("name").asString("");
        String in = parameter.path("in").asString("");
        boolean isRequired = parameter.path("required").asBoolean(false);
        if (in.equals("body")) {
            return new Wire()
                    .message(
                            1,
                            new Wire()
                                    .text(2, name)
                                    .text(3, in)
                                    .flag(4, isRequired)
                                    .message(5, schema(parameter.path("schema"))));
        }
        // From here on the fields of queries have a number more than those of paths.
        int shift = in.equals("path") ? 0 : 1;
        Wire plain =
                new Wire()
                        .flag(1, isRequired)
                        .text(2, in)
                        .text(3, parameter.path("description").asString(""))
                        .text(4, name)
                        .text(5 + shift, parameter.path("type").asString(""))
                        .flag(19 + shift, parameter.path("uniqueItems").asBoolean(false));
        return nonBody(4 - shift, plain);
    }

    private static Wire nonBody(int number, Wire parameter) {
        return new Wire().message(2, new Wire().message(number, parameter));
    }

    private static Wire schema(JsonNode schema) {
        Wire wire =
                new Wire()
                        .text(1, schema.path("$ref").asString(""))
                        .text(2, schema.path("format").asString(""))
                        .text(4, schema.path("description").asString(""));
        schema.path("required").forEach(each -> wire.text(19, each.asString("")));
        schema.path("enum").forEach(each -> wire.message(20, new Wire().text(2, each.toString())));
        if (schema.has("additionalProperties")) {
            wire.message(21, new Wire().message(1, schema(schema.path("additionalProperties"))));
        }
        if (schema.has("type")) {
            wire.message(22, new Wire().text(1, schema.path("type").asString("")));
        }
        if (schema.has("items")) {
            wire.message(23, new Wire().message(1, schema(schema.path("items"))));
        }
        if (schema.has("properties")) {
            Wire properties = new Wire();
            for (var each : schema.path("properties").properties()) {
                properties.message(1, named(each.getKey(), schema(each.getValue())));
            }
            wire.message(25, properties);
        }
        extensions(schema, 31, wire);
        return wire;
    }

    /** Values as YAML, of which JSON is a part. */
    private static void extensions(JsonNode node, int number, Wire wire) {
        for (var each : node.properties()) {
            if (each.getKey().startsWith("x-")) {
                wire.message(
                        number,
                        named(each.getKey(), new Wire().text(2, each.getValue().toString())));
            }
        }
    }
}
