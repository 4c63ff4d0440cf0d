package dev.gantry.state.codec.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * How one protobuf field appears in JSON.
 *
 * @param message the fields of its message; null for values without fields
 * @param value of a map: the shape of its values; null otherwise
 * @param keepsZero a zero that was sent is meant, and is written
 */
record FieldShape(
        int number,
        String name,
        Form form,
        FieldDescriptor.Type type,
        boolean isRepeated,
        @Nullable MessageShape message,
        @Nullable FieldShape value,
        boolean keepsZero) {

    /** What a value is in JSON, beside being of its protobuf type. */
    enum Form {
        /** Text, number, boolean, or bytes in base64. */
        SCALAR,
        /** An object with fields. */
        MESSAGE,
        /** An embedded struct of Go: its fields are fields of the outer object. */
        INLINE,
        MAP,
        TIME,
        MICRO_TIME,
        QUANTITY,
        INT_OR_STRING,
        /** JSON in bytes: RawExtension, FieldsV1, JSON. */
        RAW,
        /** A list of texts in a message of its own, since maps cannot hold lists. */
        TEXTS,
        /** A schema, or a list of schemas. */
        SCHEMA_OR_ARRAY,
        /** A schema, or whether any value is allowed. */
        SCHEMA_OR_BOOL,
        /** A schema, or a list of property names. */
        SCHEMA_OR_TEXTS
    }

    MessageShape fields() {
        if (message == null) {
            throw new IllegalStateException(name + " has no fields");
        }
        return message;
    }

    FieldShape values() {
        if (value == null) {
            throw new IllegalStateException(name + " is no map");
        }
        return value;
    }
}
