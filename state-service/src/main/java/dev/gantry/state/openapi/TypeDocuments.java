package dev.gantry.state.openapi;

import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Shape;
import dev.gantry.state.schema.Shape.Scalar;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.schema.TypeSchema;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Types as OpenAPI writes them. */
final class TypeDocuments {
    private static final String PREFIX = "io.k8s.";
    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    private static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";

    private final Dialect dialect;

    TypeDocuments(Dialect dialect) {
        this.dialect = dialect;
    }

    static String definitionOf(StructType type) {
        return PREFIX + type.name();
    }

    ObjectNode reference(TypeSchema type) {
        return type.isBuiltin()
                ? reference(type.structure())
                : node().put("$ref", dialect.reference(type.structure().name()));
    }

    /** Of a custom kind, whose lists are described beside it. */
    ObjectNode listReference(TypeSchema item) {
        return node().put("$ref", dialect.reference(item.structure().name() + "List"));
    }

    ObjectNode reference(StructType type) {
        return node().put("$ref", dialect.reference(definitionOf(type)));
    }

    /** The types given and all that they refer to, by definition. */
    Map<String, ObjectNode> closure(Collection<StructType> roots) {
        Map<String, ObjectNode> documents = new TreeMap<>();
        documents.put(META + "Time", time());
        documents.put(META + "MicroTime", time());
        documents.put(QUANTITY, quantity());
        documents.put(INT_OR_STRING, intOrString());
        Deque<StructType> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            StructType type = open.pop();
            if (!documents.containsKey(definitionOf(type))) {
                documents.put(definitionOf(type), document(type));
                type.fields().forEach(field -> field.struct().ifPresent(open::push));
            }
        }
        return documents;
    }

    private ObjectNode document(StructType type) {
        Descriptions words = Descriptions.of(type);
        ObjectNode document = node();
        putUnlessEmpty(document, "description", words.ofType());
        document.put("type", "object");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        if (!type.fields().isEmpty()) {
            ObjectNode properties = document.putObject("properties");
            for (Field field : type.fields()) {
                properties.set(field.name(), property(field, describe(field, words)));
                if (field.isRequired()) {
                    required.add(field.name());
                }
            }
        }
        if (!required.isEmpty()) {
            document.set("required", required);
        }
        if (!type.kinds().isEmpty()) {
            ArrayNode kinds = document.putArray("x-kubernetes-group-version-kind");
            type.kinds().forEach(kind -> kinds.add(kindOf(kind)));
        }
        if (type.isAtomic()) {
            document.put("x-kubernetes-map-type", "atomic");
        }
        return document;
    }

    static String describe(Field field, Descriptions words) {
        String said = words.of(field.name());
        return said.isEmpty() ? OwnWords.of(field) : said;
    }

    static ObjectNode kindOf(GroupVersionKind kind) {
        return node().put("group", kind.group())
                .put("kind", kind.kind())
                .put("version", kind.version());
    }

    ObjectNode property(Field field, String description) {
        ObjectNode shape = shape(field.shape());
        ObjectNode property = node();
        boolean isWrapped = dialect == Dialect.V3 && shape.has("$ref");
        if (isWrapped) {
            // Beside a $ref nothing counts, so what is said of the field needs a wrapper.
            property.putArray("allOf").add(shape);
        } else {
            property.setAll(shape);
        }
        putUnlessEmpty(property, "description", description);
        if (dialect == Dialect.V3 && !field.defaultValue().isEmpty()) {
            property.set("default", JsonMapper.shared().readTree(field.defaultValue()));
        }
        enumeration(field, property);
        listSemantics(field, property);
        return property;
    }

    private static void enumeration(Field field, ObjectNode property) {
        if (!field.enumeration().isEmpty()) {
            ObjectNode holder =
                    property.get("items") instanceof ObjectNode items ? items : property;
            ArrayNode values = holder.putArray("enum");
            field.enumeration().forEach(values::add);
        }
    }

    private static void listSemantics(Field field, ObjectNode property) {
        if (field.shape() instanceof Shape.ListOf) {
            property.put(
                    "x-kubernetes-list-type",
                    field.listType().name().toLowerCase(java.util.Locale.ROOT));
            if (!field.mapKeys().isEmpty()) {
                ArrayNode keys = property.putArray("x-kubernetes-list-map-keys");
                field.mapKeys().forEach(keys::add);
            }
        }
        if (field.isAtomic()) {
            property.put("x-kubernetes-map-type", "atomic");
        }
        Field.PatchStrategy patch = field.patch();
        String strategy =
                (patch.merges() ? "merge" : "")
                        + (patch.merges() && patch.retainsKeys() ? "," : "")
                        + (patch.retainsKeys() ? "retainKeys" : "")
                        + (patch.replaces() ? "replace" : "");
        putUnlessEmpty(property, "x-kubernetes-patch-merge-key", patch.mergeKey());
        putUnlessEmpty(property, "x-kubernetes-patch-strategy", strategy);
    }

    private ObjectNode shape(Shape shape) {
        return switch (shape) {
            case StructType type -> reference(type);
            case Shape.ListOf(Shape item) -> {
                ObjectNode list = node().put("type", "array");
                list.set("items", shape(item));
                yield list;
            }
            case Shape.MapOf(Shape value) -> {
                ObjectNode map = node().put("type", "object");
                map.set("additionalProperties", shape(value));
                yield map;
            }
            case Scalar scalar -> scalar(scalar);
        };
    }

    private ObjectNode scalar(Scalar scalar) {
        return switch (scalar) {
            case STRING -> node().put("type", "string");
            case INT32 -> node().put("type", "integer").put("format", "int32");
            case INT64 -> node().put("type", "integer").put("format", "int64");
            case BOOL -> node().put("type", "boolean");
            case DOUBLE -> node().put("type", "number").put("format", "double");
            case BYTES -> node().put("type", "string").put("format", "byte");
            case TIME -> node().put("$ref", dialect.reference(META + "Time"));
            case MICRO_TIME -> node().put("$ref", dialect.reference(META + "MicroTime"));
            case QUANTITY -> node().put("$ref", dialect.reference(QUANTITY));
            case INT_OR_STRING -> node().put("$ref", dialect.reference(INT_OR_STRING));
            case ANY -> node().put("type", "object");
        };
    }

    private static ObjectNode time() {
        return node().put("type", "string")
                .put("format", "date-time")
                .put("description", "A moment, in RFC 3339.");
    }

    private ObjectNode quantity() {
        ObjectNode quantity =
                node().put(
                                "description",
                                "An amount such as 100m, 1.5Gi or 2e3: a number with a suffix.");
        return dialect == Dialect.V2
                ? quantity.put("type", "string")
                : oneOf(quantity, "string", "number");
    }

    private ObjectNode intOrString() {
        ObjectNode either =
                node().put("description", "A number, or the name of one.")
                        .put("format", "int-or-string");
        return dialect == Dialect.V2
                ? either.put("type", "string")
                : oneOf(either, "integer", "string");
    }

    private static ObjectNode oneOf(ObjectNode document, String first, String second) {
        ArrayNode alternatives = document.putArray("oneOf");
        alternatives.addObject().put("type", first);
        alternatives.addObject().put("type", second);
        return document;
    }

    private static void putUnlessEmpty(ObjectNode document, String name, String value) {
        if (!value.isEmpty()) {
            document.put(name, value);
        }
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
