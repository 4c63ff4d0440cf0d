package dev.gantry.state.schema;

import dev.gantry.state.schema.GoTypes.GoField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Writes the table that {@link Schema} reads, from the published OpenAPI v2 document and the Go
 * declarations of the API types (Debian: golang-k8s-api-dev, golang-k8s-apimachinery-dev). Where
 * those are older, enumerations are completed by hand from {@code spec/enums.txt} of the tests.
 *
 * <p>Run by hand when the API version moves: {@code SchemaTableGenerator openapi-v2.json GO_ROOT
 * OUTPUT}.
 */
final class SchemaTableGenerator {
    private static final Map<String, String> SCALARS =
            new TreeMap<>(
                    Map.of(
                            "apimachinery.pkg.apis.meta.v1.Time", "time",
                            "apimachinery.pkg.apis.meta.v1.MicroTime", "microtime",
                            "apimachinery.pkg.api.resource.Quantity", "quantity",
                            "apimachinery.pkg.util.intstr.IntOrString", "intorstring",
                            "apimachinery.pkg.runtime.RawExtension", "any",
                            "apimachinery.pkg.apis.meta.v1.FieldsV1", "any",
                            "apimachinery.pkg.apis.meta.v1.Patch", "any"));

    /** Of the types of which no declarations are read, what is no pointer although it seems so. */
    private static final Set<String> PLAIN = Set.of("deprecated", "insecureSkipTLSVerify");

    private final GoTypes go;

    private SchemaTableGenerator(GoTypes go) {
        this.go = go;
    }

    public static void main(String[] args) throws IOException {
        JsonNode document = JsonMapper.shared().readTree(Files.readString(Path.of(args[0])));
        var generator = new SchemaTableGenerator(GoTypes.read(Path.of(args[1])));
        Map<String, JsonNode> definitions = new TreeMap<>();
        document.path("definitions")
                .properties()
                .forEach(each -> definitions.put(shortName(each.getKey()), each.getValue()));
        List<String> lines = new ArrayList<>();
        definitions.forEach(
                (name, definition) -> {
                    if (!isScalar(name)) {
                        generator.write(name, definition, lines);
                    }
                });
        Files.write(Path.of(args[2]), lines);
    }

    private static boolean isScalar(String name) {
        return SCALARS.containsKey(name)
                || name.contains("apiextensions.v1.JSON") && !name.endsWith("JSONSchemaProps");
    }

    private void write(String name, JsonNode definition, List<String> lines) {
        String atomic =
                definition.path("x-kubernetes-map-type").asString("").equals("atomic")
                        ? " atomic"
                        : "";
        lines.add("= " + name + atomic);
        JsonNode kinds = definition.path("x-kubernetes-group-version-kind");
        boolean isOptionOfAllGroups = kinds.size() > 3;
        for (JsonNode kind : isOptionOfAllGroups ? JsonNodeFactory.instance.arrayNode() : kinds) {
            lines.add(
                    ": %s/%s/%s"
                            .formatted(
                                    kind.path("group").asString(""),
                                    kind.path("version").asString(""),
                                    kind.path("kind").asString("")));
        }
        List<String> required = new ArrayList<>();
        definition.path("required").forEach(each -> required.add(each.asString("")));
        for (var property : definition.path("properties").properties()) {
            String field = property.getKey();
            lines.add(
                    field
                            + " "
                            + typeOf(property.getValue(), name)
                            + flags(name, field, property.getValue(), required.contains(field)));
        }
    }

    private String flags(String type, String field, JsonNode property, boolean isRequired) {
        StringBuilder flags = new StringBuilder(isRequired ? " required" : "");
        Optional<GoField> declared = go.field(type, field);
        String plain = property.path("type").asString("");
        boolean isLikelyPointer =
                plain.equals("integer")
                        || plain.equals("boolean")
                        || plain.equals("number")
                        || property.has("$ref") && !field.equals("metadata");
        isLikelyPointer &= !isRequired && !PLAIN.contains(field);
        if (declared.map(GoField::isPointer).orElse(isLikelyPointer)) {
            flags.append(" pointer");
        }
        if (declared.map(GoField::isAlwaysWritten).orElse(isRequired)) {
            flags.append(" written");
        }
        String list = property.path("x-kubernetes-list-type").asString("");
        if (list.equals("map")) {
            List<String> keys = new ArrayList<>();
            property.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asString("")));
            list = "map:" + String.join(",", keys);
        }
        append(flags, "list", list);
        append(flags, "map", property.path("x-kubernetes-map-type").asString(""));
        append(flags, "patch", property.path("x-kubernetes-patch-strategy").asString(""));
        append(flags, "key", property.path("x-kubernetes-patch-merge-key").asString(""));
        declared.ifPresent(found -> append(flags, "default", constant(type, found)));
        declared.ifPresent(
                found ->
                        append(
                                flags,
                                "enum",
                                String.join(
                                        ",",
                                        go.enumOf(type, found).stream()
                                                .map(each -> each.replace(' ', '_'))
                                                .sorted()
                                                .distinct()
                                                .toList())));
        return flags.toString();
    }

    /** Defaults that name a Go constant are left out. */
    private static String constant(String type, GoField field) {
        return field.defaultValue().startsWith("ref(") ? "" : field.defaultValue().replace(" ", "");
    }

    private static void append(StringBuilder flags, String name, String value) {
        if (!value.isEmpty()) {
            flags.append(' ').append(name).append('=').append(value);
        }
    }

    private static String typeOf(JsonNode node, String owner) {
        if (node.has("$ref")) {
            String target = shortName(node.path("$ref").asString("").replace("#/definitions/", ""));
            if (SCALARS.containsKey(target)) {
                return SCALARS.get(target);
            }
            String prefix = owner.substring(0, owner.lastIndexOf('.') + 1);
            boolean isSibling =
                    target.startsWith(prefix) && target.indexOf('.', prefix.length()) < 0;
            return isScalar(target)
                    ? "any"
                    : isSibling ? target.substring(prefix.length() - 1) : target;
        }
        return switch (node.path("type").asString("")) {
            case "array" -> "[]" + typeOf(node.path("items"), owner);
            case "object" ->
                    node.has("additionalProperties")
                            ? "{}" + typeOf(node.path("additionalProperties"), owner)
                            : "any";
            case "integer" -> node.path("format").asString("int64");
            case "boolean" -> "bool";
            case "number" -> "double";
            case "string" -> node.path("format").asString("").equals("byte") ? "bytes" : "string";
            default -> "any";
        };
    }

    private static String shortName(String definition) {
        return definition.replaceFirst("^io\\.k8s\\.", "");
    }
}
