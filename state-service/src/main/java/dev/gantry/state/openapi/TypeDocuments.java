package dev.gantry.state.openapi;

import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.Field.ListType;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.Shape;
import dev.gantry.state.schema.Shape.Scalar;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.schema.TypeSchema;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Types as OpenAPI writes them. */
final class TypeDocuments {
    private static final String PREFIX = "io.k8s.";

    /** What says how a request went. */
    static final GroupVersionKind STATUS = new GroupVersionKind("", "v1", "Status");

    private final Dialect dialect;
    private final PlainTypes plainTypes;

    TypeDocuments(Dialect dialect) {
        this.dialect = dialect;
        this.plainTypes = new PlainTypes(dialect);
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

    /** Of the body of any patch. */
    ObjectNode patch() {
        return node().put("$ref", dialect.reference(PlainTypes.PATCH));
    }

    ObjectNode watchEvent() {
        return node().put("$ref", dialect.reference(PlainTypes.META + "WatchEvent"));
    }

    /**
     * Built-in definitions with these names and all that they refer to. Others are left out.
     *
     * @param versions of groups; others are not told of what is of all of them
     */
    Map<String, ObjectNode> closure(Collection<String> roots, Predicate<String> versions) {
        Map<String, ObjectNode> documents = new TreeMap<>();
        Deque<String> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            String name = open.pop();
            if (!documents.containsKey(name)) {
                definition(name, versions)
                        .ifPresent(
                                found -> {
                                    documents.put(name, found);
                                    open.addAll(dialect.referencesIn(found));
                                });
            }
        }
        return documents;
    }

    private Optional<ObjectNode> definition(String name, Predicate<String> versions) {
        return plainTypes
                .of(name)
                .or(
                        () ->
                                name.startsWith(PREFIX)
                                        ? Schema.builtin()
                                                .type(name.substring(PREFIX.length()))
                                                .map(type -> document(type, versions))
                                        : Optional.empty());
    }

    private ObjectNode document(StructType type, Predicate<String> versions) {
        Descriptions words = Descriptions.of(type);
        ObjectNode document = node();
        putUnlessEmpty(document, "description", words.ofType());
        document.put("type", "object");
        ArrayNode required = JsonNodeFactory.instance.arrayNode();
        if (!type.fields().isEmpty()) {
            ObjectNode properties = document.putObject("properties");
            for (Field field : type.fields()) {
                properties.set(field.name(), property(field, describe(type, field, words)));
                if (field.isRequired()) {
                    required.add(field.name());
                }
            }
        }
        if (!required.isEmpty()) {
            document.set("required", required);
        }
        List<GroupVersionKind> kinds = kinds(type, versions);
        if (!kinds.isEmpty()) {
            ArrayNode all = document.putArray("x-kubernetes-group-version-kind");
            kinds.forEach(kind -> all.add(kindOf(kind)));
        }
        if (type.isAtomic()) {
            document.put("x-kubernetes-map-type", "atomic");
        }
        Unions.of(type).ifPresent(unions -> document.set("x-kubernetes-unions", unions));
        return document;
    }

    /**
     * Compat: options of deletions and events of watches are of all groups and versions that
     * upstream knows, served or not.
     */
    private static List<GroupVersionKind> kinds(StructType type, Predicate<String> versions) {
        boolean isOfAll =
                List.of(PlainTypes.META + "DeleteOptions", PlainTypes.META + "WatchEvent")
                        .contains(definitionOf(type));
        return isOfAll
                ? OwnWords.lines("versions.txt").stream()
                        .map(version -> GroupVersionKind.of(version, type.simpleName()))
                        .filter(kind -> versions.test(kind.apiVersion()))
                        .toList()
                : type.kinds();
    }

    static String describe(StructType type, Field field, Descriptions words) {
        String said = words.of(field.name());
        return (said.isEmpty() ? OwnWords.of(type, field) : said) + ValueWords.of(type, field);
    }

    static ObjectNode kindOf(GroupVersionKind kind) {
        return node().put("group", kind.group())
                .put("kind", kind.kind())
                .put("version", kind.version());
    }

    ObjectNode property(Field field, String description) {
        ObjectNode property = shape(field.shape(), field);
        if (dialect == Dialect.V3) {
            defaultOf(field).ifPresent(value -> property.set("default", value));
        }
        putUnlessEmpty(property, "description", description);
        boolean isWrapped = dialect == Dialect.V3 && property.has("$ref") && property.size() > 1;
        if (isWrapped) {
            wrap(property);
        }
        enumeration(field, property);
        listSemantics(field, property);
        return property;
    }

    /** Beside a {@code $ref} nothing counts, so what is said of the field needs a wrapper. */
    private static void wrap(ObjectNode schema) {
        JsonNode reference = schema.remove("$ref");
        schema.putArray("allOf").addObject().set("$ref", reference);
    }

    /** Compat: beside the defaults that are declared, Go's zero where it is always written. */
    private static Optional<JsonNode> defaultOf(Field field) {
        if (!field.defaultValue().isEmpty()) {
            return Optional.of(JsonMapper.shared().readTree(field.defaultValue()));
        }
        boolean hasZero =
                field.shape() instanceof StructType
                        ? !field.isPointer()
                        : field.isWritten() && !field.isPointer();
        return hasZero ? zero(field.shape()) : Optional.empty();
    }

    private static Optional<JsonNode> zero(Shape shape) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (shape) {
            case StructType _ -> Optional.of(nodes.objectNode());
            case Scalar.STRING -> Optional.of(nodes.stringNode(""));
            case Scalar.INT32, Scalar.INT64, Scalar.DOUBLE -> Optional.of(nodes.numberNode(0));
            case Scalar.BOOL -> Optional.of(nodes.booleanNode(false));
            default -> Optional.empty();
        };
    }

    private static void enumeration(Field field, ObjectNode property) {
        if (!field.enumeration().isEmpty()) {
            ObjectNode holder = property;
            for (String inner : List.of("items", "additionalProperties")) {
                holder = property.get(inner) instanceof ObjectNode found ? found : holder;
            }
            ArrayNode values = holder.putArray("enum");
            field.enumeration().forEach(values::add);
        }
    }

    private static void listSemantics(Field field, ObjectNode property) {
        if (field.listType() != ListType.UNDECLARED) {
            property.put(
                    "x-kubernetes-list-type",
                    field.listType().name().toLowerCase(java.util.Locale.ROOT));
            if (!field.mapKeys().isEmpty()) {
                ArrayNode keys = property.putArray("x-kubernetes-list-map-keys");
                field.mapKeys().forEach(keys::add);
            }
        }
        if (field.isAtomic() || field.saysGranular()) {
            property.put("x-kubernetes-map-type", field.isAtomic() ? "atomic" : "granular");
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

    private ObjectNode shape(Shape shape, Field of) {
        return switch (shape) {
            case StructType type -> reference(type);
            case Shape.ListOf(Shape item) -> {
                ObjectNode list = node().put("type", "array");
                list.set("items", shape(item, of));
                yield list;
            }
            case Shape.MapOf(Shape value) -> {
                ObjectNode map = node().put("type", "object");
                map.set("additionalProperties", shape(value, of));
                yield map;
            }
            case Scalar scalar -> scalar(scalar, of);
        };
    }

    private ObjectNode scalar(Scalar scalar, Field of) {
        return switch (scalar) {
            case STRING -> node().put("type", "string");
            case INT32 -> node().put("type", "integer").put("format", "int32");
            case INT64 -> node().put("type", "integer").put("format", "int64");
            case BOOL -> node().put("type", "boolean");
            case DOUBLE -> node().put("type", "number").put("format", "double");
            case BYTES -> node().put("type", "string").put("format", "byte");
            case TIME -> node().put("$ref", dialect.reference(PlainTypes.META + "Time"));
            case MICRO_TIME -> node().put("$ref", dialect.reference(PlainTypes.META + "MicroTime"));
            case QUANTITY -> node().put("$ref", dialect.reference(PlainTypes.QUANTITY));
            case INT_OR_STRING -> node().put("$ref", dialect.reference(PlainTypes.INT_OR_STRING));
            case ANY -> node().put("$ref", dialect.reference(PlainTypes.ofAny(of.name())));
        };
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
