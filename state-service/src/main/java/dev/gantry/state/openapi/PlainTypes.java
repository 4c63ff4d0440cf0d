package dev.gantry.state.openapi;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Types that have a name and no fields of their own. */
final class PlainTypes {
    static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    static final String VERSION_INFO = "io.k8s.apimachinery.pkg.version.Info";
    static final String PATCH = META + "Patch";
    static final String QUANTITY = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    static final String INT_OR_STRING = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    private static final String RAW_EXTENSION = "io.k8s.apimachinery.pkg.runtime.RawExtension";
    private static final String FIELDS = META + "FieldsV1";
    private static final String JSON =
            "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON";

    /** Fields that hold anything, where the type is not the usual one. */
    private static final Map<String, String> ANY =
            new TreeMap<>(
                    Map.of(
                            "fieldsV1",
                            FIELDS,
                            "default",
                            JSON,
                            "enum",
                            JSON,
                            "example",
                            JSON,
                            "additionalItems",
                            JSON + "SchemaPropsOrBool",
                            "additionalProperties",
                            JSON + "SchemaPropsOrBool",
                            "items",
                            JSON + "SchemaPropsOrArray",
                            "dependencies",
                            JSON + "SchemaPropsOrStringArray"));

    private final Dialect dialect;

    PlainTypes(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The definition of what a field holds that may hold anything. */
    static String ofAny(String field) {
        return ANY.getOrDefault(field, RAW_EXTENSION);
    }

    Optional<ObjectNode> of(String definition) {
        if (definition.startsWith(JSON) && !definition.endsWith("SchemaProps")) {
            return Optional.of(described("Any JSON value that a schema may have here."));
        }
        return switch (definition) {
            case META + "Time" -> Optional.of(time());
            case META + "MicroTime" -> Optional.of(time());
            case PATCH -> Optional.of(object("The body of a patch, in the form it says it has."));
            case FIELDS ->
                    Optional.of(
                            object(
                                    "A set of fields: a key per field, such as f:spec, per item of"
                                            + " a list, such as k:{\"name\":\"web\"}, and a dot for"
                                            + " the thing itself."));
            case RAW_EXTENSION -> Optional.of(object("An object of any kind, as JSON."));
            case QUANTITY -> Optional.of(quantity());
            case INT_OR_STRING -> Optional.of(intOrString());
            default -> Optional.empty();
        };
    }

    private static ObjectNode time() {
        return described("A moment, in RFC 3339.").put("type", "string").put("format", "date-time");
    }

    private ObjectNode quantity() {
        ObjectNode quantity =
                described("An amount such as 100m, 1.5Gi or 2e3: a number with a suffix.");
        return dialect == Dialect.V2
                ? quantity.put("type", "string")
                : oneOf(quantity, "string", "number");
    }

    private ObjectNode intOrString() {
        ObjectNode either =
                described("A number, or the name of one.").put("format", "int-or-string");
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

    private static ObjectNode object(String description) {
        return described(description).put("type", "object");
    }

    private static ObjectNode described(String description) {
        return JsonNodeFactory.instance.objectNode().put("description", description);
    }
}
