package dev.gantry.state.schema;

/** What kind of value a field holds. */
public sealed interface Shape permits Shape.Scalar, Shape.ListOf, Shape.MapOf, StructType {
    /** The type as Go writes it, for messages. */
    String goName();

    /** Values without parts; the constants name their form on the wire. */
    enum Scalar implements Shape {
        STRING("string"),
        INT32("int32"),
        INT64("int64"),
        BOOL("bool"),
        DOUBLE("float64"),
        BYTES("[]uint8"),
        TIME("string"),
        MICRO_TIME("string"),
        QUANTITY("resource.Quantity"),
        /** Compat: what is no text is to be a number. */
        INT_OR_STRING("int32"),
        /** Any JSON value: embedded objects, sets of fields, schemas' defaults. */
        ANY("interface {}");

        private final String goName;

        Scalar(String goName) {
            this.goName = goName;
        }

        @Override
        public String goName() {
            return goName;
        }
    }

    record ListOf(Shape item) implements Shape {
        @Override
        public String goName() {
            return "[]" + item.goName();
        }
    }

    record MapOf(Shape value) implements Shape {
        @Override
        public String goName() {
            return "map[string]" + value.goName();
        }
    }
}
