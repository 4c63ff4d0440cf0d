package dev.gantry.state.schema.structural;

import dev.gantry.expression.CelForm;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.Shape;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.schema.TypeSchema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What whole objects of a kind look like to expressions that are checked against them.
 *
 * <p>Compat: {@code SchemaDeclType}, which reads the OpenAPI document. What is a number or a text,
 * and what refers to itself, is of any type here: nothing is said to be wrong that may be right.
 */
public final class ObjectForms {
    private static final long LONGEST = 3L << 20;

    private final Map<StructType, CelForm> known = new HashMap<>();
    private final Set<StructType> around = new HashSet<>();

    private ObjectForms() {}

    /**
     * @param name of the type, for the types below it too
     */
    public static CelForm of(TypeSchema schema, String name) {
        ObjectForms forms = new ObjectForms();
        return schema instanceof StructuralType custom
                ? forms.custom(custom.schema(), name)
                : forms.struct(schema.structure());
    }

    private CelForm custom(StructuralSchema schema, String name) {
        SortedMap<String, CelForm> fields = new TreeMap<>();
        schema.properties()
                .forEach(
                        (property, field) ->
                                RuleForms.of(
                                                field,
                                                name + "." + property,
                                                field.extensions().isEmbedded())
                                        .ifPresent(form -> fields.put(property, form)));
        fields.put("apiVersion", CelForm.text(LONGEST));
        fields.put("kind", CelForm.text(LONGEST));
        fields.put("metadata", struct(Schema.builtin().objectMeta()));
        return CelForm.struct(name, fields);
    }

    private CelForm struct(StructType type) {
        CelForm found = known.get(type);
        if (found != null) {
            return found;
        }
        if (!around.add(type)) {
            return CelForm.ANYTHING;
        }
        SortedMap<String, CelForm> fields = new TreeMap<>();
        type.fields().forEach(each -> fields.put(each.name(), form(each.shape())));
        around.remove(type);
        CelForm made = CelForm.struct(type.name(), fields);
        known.put(type, made);
        return made;
    }

    private CelForm form(Shape shape) {
        return switch (shape) {
            case Shape.ListOf(Shape item) -> CelForm.list(form(item), LONGEST);
            case Shape.MapOf(Shape value) -> CelForm.map(form(value), LONGEST);
            case Shape.Scalar scalar -> scalar(scalar);
            case StructType type -> struct(type);
        };
    }

    private static CelForm scalar(Shape.Scalar scalar) {
        return switch (scalar) {
            case STRING -> CelForm.text(LONGEST);
            case INT32, INT64 -> CelForm.INTEGER;
            case BOOL -> CelForm.TRUTH;
            case DOUBLE -> CelForm.NUMBER;
            case BYTES -> CelForm.bytes(LONGEST);
            case TIME, MICRO_TIME -> CelForm.MOMENT;
            case QUANTITY, INT_OR_STRING, ANY -> CelForm.ANYTHING;
        };
    }
}
