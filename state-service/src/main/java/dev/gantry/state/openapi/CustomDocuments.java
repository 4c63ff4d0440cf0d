package dev.gantry.state.openapi;

import dev.gantry.state.schema.KindName;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.schema.structural.StructuralType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The definitions of kinds that bring their schema: as they wrote it, and a list of them. */
final class CustomDocuments {
    private static final String TYPE_OF_LIST_META = "apimachinery.pkg.apis.meta.v1.ListMeta";

    /** Compat: what OpenAPI v2 has no words for is left out. */
    private static final Set<String> ONLY_IN_V3 = Set.of("nullable", "anyOf", "oneOf", "not");

    private final Dialect dialect;
    private final TypeDocuments types;

    CustomDocuments(Dialect dialect) {
        this.dialect = dialect;
        this.types = new TypeDocuments(dialect);
    }

    /** The built-in types that the definitions refer to. */
    static List<StructType> referenced() {
        Schema builtin = Schema.builtin();
        return List.of(builtin.objectMeta(), builtin.type(TYPE_OF_LIST_META).orElseThrow());
    }

    void addTo(Map<String, ObjectNode> documents, KindName kind, StructuralType type) {
        String name = type.structure().name();
        documents.put(name, object(kind, type));
        documents.put(name + "List", list(kind, name));
    }

    private ObjectNode object(KindName kind, StructuralType type) {
        ObjectNode document = (ObjectNode) type.openApi().deepCopy();
        if (dialect == Dialect.V2) {
            strip(document);
        }
        ObjectNode properties =
                document.path("properties") instanceof ObjectNode found
                        ? found
                        : document.putObject("properties");
        addTypeMeta(properties);
        StructType metadata = Schema.builtin().objectMeta();
        properties.set("metadata", types.reference(metadata));
        addKind(document, kind);
        return document;
    }

    private ObjectNode list(KindName kind, String item) {
        ObjectNode document = node().put("type", "object");
        document.put("description", kind.kind() + "List is a list of " + kind.kind());
        document.putArray("required").add("items");
        ObjectNode properties = document.putObject("properties");
        addTypeMeta(properties);
        properties.set(
                "metadata",
                types.reference(Schema.builtin().type(TYPE_OF_LIST_META).orElseThrow()));
        properties
                .putObject("items")
                .put("type", "array")
                .set("items", node().put("$ref", dialect.reference(item)));
        addKind(document, kind.list());
        return document;
    }

    private static void addTypeMeta(ObjectNode properties) {
        for (String name : List.of("apiVersion", "kind")) {
            properties.putObject(name).put("type", "string");
        }
    }

    private static void addKind(ObjectNode document, KindName kind) {
        document.putArray("x-kubernetes-group-version-kind").add(TypeDocuments.kindOf(kind));
    }

    private static void strip(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            object.remove(ONLY_IN_V3);
        }
        schema.forEach(CustomDocuments::strip);
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
