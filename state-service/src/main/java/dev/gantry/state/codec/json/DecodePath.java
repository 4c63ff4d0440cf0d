package dev.gantry.state.codec.json;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.Shape;
import dev.gantry.state.schema.StructType;
import java.util.ArrayList;
import java.util.List;

/** Where a reader stands. Steps are cheap; the text is made only where something is wrong. */
final class DecodePath {
    private static final int LONGEST = 1024;

    private final List<Object> steps = new ArrayList<>(16);

    /** A field of a struct. */
    void enter(String field) {
        steps.add(field);
    }

    /** A key of a map, which Go's messages leave out. */
    void enterKey(String key) {
        steps.add(new MapKey(key));
    }

    void enter(int index) {
        steps.add(index);
    }

    void leave() {
        steps.removeLast();
    }

    /** {@code spec.containers[0].name}, of a very long one the beginning. */
    String strict() {
        StringBuilder text = new StringBuilder();
        for (Object step : steps) {
            if (text.length() > LONGEST) {
                break;
            }
            if (step instanceof Integer index) {
                text.append('[').append(index).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step);
            }
        }
        return FieldError.shortened(text.toString(), LONGEST);
    }

    /**
     * {@code spec.containers.livenessProbe.ProbeHandler.exec}: fields of structs only, with the
     * structs that are embedded in others.
     *
     * @param root what the whole body is
     */
    String fieldsOnly(StructType root) {
        List<String> fields = new ArrayList<>();
        Shape at = root;
        for (Object step : steps) {
            if (step instanceof String field && at instanceof StructType type) {
                String embedded = EmbeddedStructs.between(type.simpleName(), field);
                fields.add(embedded.isEmpty() ? field : embedded + "." + field);
                Field known = type.fieldOrNull(field);
                at = known == null ? Shape.Scalar.ANY : known.shape();
            } else {
                at = within(at);
            }
        }
        return String.join(".", fields);
    }

    private static Shape within(Shape shape) {
        return switch (shape) {
            case Shape.ListOf(Shape item) -> item;
            case Shape.MapOf(Shape value) -> value;
            default -> shape;
        };
    }

    private record MapKey(String key) {
        @Override
        public String toString() {
            return key;
        }
    }
}
