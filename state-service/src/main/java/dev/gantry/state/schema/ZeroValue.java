package dev.gantry.state.schema;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an object of a type holds before anything is set: the fields that are written all the same.
 *
 * <p>Compat: upstream sends the zero value of the Go type. Lists are empty here where Go writes
 * null, and what is required is there where Go leaves a pointer out: strict clients take neither.
 */
public final class ZeroValue {
    private ZeroValue() {}

    /** Adds the fields to {@code object}, but for those that are there. */
    public static void addTo(ObjectNode object, StructType type) {
        for (Field field : type.fields()) {
            if (!object.has(field.name()) && isShown(field)) {
                add(object, field);
            }
        }
    }

    private static boolean isShown(Field field) {
        boolean isStruct = field.shape() instanceof StructType;
        return field.isRequired() || !field.isPointer() && field.isWritten() && !isStruct;
    }

    private static void add(ObjectNode object, Field field) {
        switch (field.shape()) {
            case StructType type -> addTo(object.putObject(field.name()), type);
            case Shape.ListOf _ -> object.putArray(field.name());
            case Shape.MapOf _ -> object.putObject(field.name());
            case Shape.Scalar scalar -> addScalar(object, field.name(), scalar);
        }
    }

    private static void addScalar(ObjectNode object, String name, Shape.Scalar scalar) {
        switch (scalar) {
            case STRING -> object.put(name, "");
            case INT32, INT64, DOUBLE -> object.put(name, 0);
            case BOOL -> object.put(name, false);
            case TIME, MICRO_TIME, ANY, BYTES ->
                    object.set(name, JsonNodeFactory.instance.nullNode());
            case QUANTITY, INT_OR_STRING -> {}
        }
    }
}
