package dev.gantry.state.schema;

import java.util.List;

/**
 * One field of a type.
 *
 * @param isRequired must be there for the object to be valid
 * @param isPointer absent differs from empty: a zero that was sent is kept
 * @param isWritten written even when it is empty
 * @param tellsEmpty a list or map of which rules tell an empty one from none, although it is not
 *     stored
 * @param mapKeys the fields that identify an item, where {@code listType} is MAP
 * @param isAtomic a map or struct that is owned and replaced as a whole
 * @param saysGranular a map of which it is said that it is not
 * @param patch how a strategic merge patch treats the field
 * @param defaultValue JSON, or empty where there is none
 * @param enumeration the values allowed, sorted; empty where any is
 */
public record Field(
        String name,
        Shape shape,
        boolean isRequired,
        boolean isPointer,
        boolean isWritten,
        boolean tellsEmpty,
        ListType listType,
        List<String> mapKeys,
        boolean isAtomic,
        boolean saysGranular,
        PatchStrategy patch,
        String defaultValue,
        List<String> enumeration) {
    /** How items of a list are told apart. */
    public enum ListType {
        ATOMIC,
        SET,
        MAP,

        /** Nothing is said of it, so it is as an atomic one. */
        UNDECLARED;

        /** Whether items are owned one by one. */
        public boolean isGranular() {
            return this == SET || this == MAP;
        }
    }

    /**
     * @param merges lists and maps are merged rather than replaced
     * @param retainsKeys the patch names all keys that remain
     * @param replaces the patch is the whole new object
     * @param mergeKey the field that identifies an item; empty for lists of plain values
     */
    public record PatchStrategy(
            boolean merges, boolean retainsKeys, boolean replaces, String mergeKey) {
        public static final PatchStrategy NONE = new PatchStrategy(false, false, false, "");
    }

    /**
     * Whether Go writes the field even when nothing is set in it.
     *
     * <p>Compat: {@code creationTimestamp} alone among the times has {@code omitzero}.
     */
    public boolean isAlwaysWritten() {
        boolean isTime =
                (shape == Shape.Scalar.TIME || shape == Shape.Scalar.MICRO_TIME)
                        && !name.equals("creationTimestamp");
        return isWritten || !isPointer && (isTime || shape instanceof StructType);
    }

    /** The same field with values of another shape. */
    public Field as(Shape other) {
        return new Field(
                name,
                other,
                isRequired,
                isPointer,
                isWritten,
                tellsEmpty,
                listType,
                mapKeys,
                isAtomic,
                saysGranular,
                patch,
                defaultValue,
                enumeration);
    }

    /** The type of the value itself or of its items, where that is a struct. */
    public java.util.Optional<StructType> struct() {
        Shape inner =
                switch (shape) {
                    case Shape.ListOf(Shape item) -> item;
                    case Shape.MapOf(Shape value) -> value;
                    case Shape.Scalar scalar -> scalar;
                    case StructType type -> type;
                };
        return inner instanceof StructType type
                ? java.util.Optional.of(type)
                : java.util.Optional.empty();
    }
}
