package dev.gantry.state.openapi;

import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.structural.StructuralType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The definitions of kinds that bring their schema: as they wrote it, and a list of them.
 *
 * <p>Compat: {@code openapi/builder} of apiextensions-apiserver.
 */
final class CustomDocuments {
    private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";
    private static final String INT_OR_STRING = "x-kubernetes-int-or-string";
    private static final String EMBEDDED = "x-kubernetes-embedded-resource";

    /** Compat: what OpenAPI v2 has no words for is left out. */
    private static final List<String> ONLY_IN_V3 =
            List.of("nullable", "allOf", "anyOf", "oneOf", "not", "default");

    private static final Set<String> CONTENT =
            Set.of("type", "items", "properties", "additionalProperties");

    private final Dialect dialect;
    private final TypeDocuments types;

    CustomDocuments(Dialect dialect) {
        this.dialect = dialect;
        this.types = new TypeDocuments(dialect);
    }

    void addTo(Map<String, ObjectNode> documents, GroupVersionKind kind, StructuralType type) {
        String name = type.structure().name();
        documents.put(name, object(kind, type));
        documents.put(name + "List", list(kind, name));
    }

    private ObjectNode object(GroupVersionKind kind, StructuralType type) {
        boolean isAnything = type.openApi().path(PRESERVE).asBoolean(false);
        if (dialect == Dialect.V2 && isAnything) {
            // kubectl would take any property here for the only ones that there may be.
            ObjectNode document = node().put("type", "object");
            addKind(document, kind);
            return document;
        }
        ObjectNode document = (ObjectNode) type.openApi().deepCopy();
        if (dialect == Dialect.V2) {
            simplify(document);
        } else {
            alternatives(document);
        }
        addEmbedded(document);
        addOfAll(document);
        addKind(document, kind);
        return document;
    }

    /** What all objects have. */
    private void addOfAll(ObjectNode document) {
        ObjectNode properties =
                document.path("properties") instanceof ObjectNode found
                        ? found
                        : document.putObject("properties");
        for (Field field : Schema.builtin().custom().fields()) {
            properties.set(field.name(), property("api.core.v1.ConfigMap", field));
        }
    }

    /** As built-in kinds have it, but that it has no default. */
    private ObjectNode property(String type, Field field) {
        String description =
                Schema.builtin()
                        .type(type)
                        .map(each -> TypeDocuments.describe(each, field, Descriptions.of(each)))
                        .orElse("");
        ObjectNode property = types.property(field, description);
        property.remove("default");
        return property;
    }

    private ObjectNode list(GroupVersionKind kind, String item) {
        ObjectNode document = node().put("type", "object");
        document.put("description", kind.kind() + "List is a list of " + kind.kind());
        document.putArray("required").add("items");
        ObjectNode properties = document.putObject("properties");
        String like = "api.core.v1.ConfigMapList";
        for (Field field : Schema.builtin().type(like).orElseThrow().fields()) {
            if (!field.name().equals("items")) {
                properties.set(field.name(), property(like, field));
            }
        }
        properties
                .putObject("items")
                .put("type", "array")
                .set("items", node().put("$ref", dialect.reference(item)));
        addKind(document, kind.list());
        return document;
    }

    private static void addKind(ObjectNode document, GroupVersionKind kind) {
        document.putArray("x-kubernetes-group-version-kind").add(TypeDocuments.kindOf(kind));
    }

    /** Says of objects inside the object what they have. */
    private void addEmbedded(JsonNode schema) {
        for (JsonNode each : schema.path("properties")) {
            addEmbedded(each);
        }
        for (String below : List.of("items", "additionalProperties")) {
            if (schema.path(below) instanceof ObjectNode inner) {
                addEmbedded(inner);
            }
        }
        boolean isDescribed =
                schema.path(EMBEDDED).asBoolean(false) && schema.path("type").isString();
        if (isDescribed) {
            addOfAll((ObjectNode) schema);
        }
    }

    /** Says of what may be either what it may be. */
    private static void alternatives(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return;
        }
        if (object.path(INT_OR_STRING).asBoolean(false) && !object.has("anyOf")) {
            ArrayNode either = object.putArray("anyOf");
            either.addObject().put("type", "integer");
            either.addObject().put("type", "string");
        }
        object.path("properties").forEach(CustomDocuments::alternatives);
        alternatives(object.path("items"));
        alternatives(object.path("additionalProperties"));
    }

    /** Compat: {@code ToStructuralOpenAPIV2}. */
    private static void simplify(JsonNode schema) {
        if (!(schema instanceof ObjectNode object)) {
            return;
        }
        boolean hasNoType =
                object.path("nullable").asBoolean(false) || object.path(PRESERVE).asBoolean(false);
        object.remove(ONLY_IN_V3);
        if (hasNoType) {
            object.remove(CONTENT);
        } else if (object.path(INT_OR_STRING).asBoolean(false)) {
            object.remove("type");
        }
        object.path("properties").forEach(CustomDocuments::simplify);
        simplify(object.path("items"));
        simplify(object.path("additionalProperties"));
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
