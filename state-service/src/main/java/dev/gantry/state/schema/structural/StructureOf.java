package dev.gantry.state.schema.structural;

import dev.gantry.state.schema.Field;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schema;
import dev.gantry.state.schema.Shape;
import dev.gantry.state.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A structural schema in the terms in which built-in types are described. */
final class StructureOf {
    private StructureOf() {}

    /** The type of a kind's objects. */
    static StructType object(GroupVersionKind kind, StructuralSchema schema) {
        List<Field> fields = new ArrayList<>(Schema.builtin().custom().fields());
        schema.properties()
                .forEach(
                        (name, field) -> {
                            if (fields.stream().noneMatch(each -> each.name().equals(name))) {
                                fields.add(field(kind.kind(), name, field, schema));
                            }
                        });
        return StructType.of(nameOf(kind), fields, List.of(kind));
    }

    /** What the outermost fields are read by; empty where there may be any others. */
    static Optional<StructType> wire(GroupVersionKind kind, StructuralSchema schema) {
        if (schema.isOpen()) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        for (Field field : object(kind, schema).fields()) {
            boolean isOfAll = Schema.builtin().custom().field(field.name()).isPresent();
            fields.add(isOfAll ? field : field.as(Shape.Scalar.ANY));
        }
        return Optional.of(StructType.of(nameOf(kind), fields, List.of(kind)));
    }

    /** {@code com.example.v1.Chair} for a kind of {@code example.com}. */
    private static String nameOf(GroupVersionKind kind) {
        List<String> labels = new ArrayList<>(List.of(kind.group().split("\\.")));
        return String.join(".", labels.reversed()) + "." + kind.version() + "." + kind.kind();
    }

    private static Field field(
            String owner, String name, StructuralSchema schema, StructuralSchema parent) {
        return new Field(
                name,
                shape(owner + "." + name, schema),
                parent.limits().required().contains(name),
                true,
                false,
                false,
                schema.extensions().listType(),
                schema.extensions().mapKeys(),
                schema.extensions().isAtomic(),
                false,
                Field.PatchStrategy.NONE,
                schema.defaultValue().map(JsonMapper.shared()::writeValueAsString).orElse(""),
                List.of());
    }

    private static Shape shape(String path, StructuralSchema schema) {
        if (schema.extensions().isIntOrString()) {
            return Shape.Scalar.INT_OR_STRING;
        }
        return switch (schema.type()) {
            case "string" -> Shape.Scalar.STRING;
            case "boolean" -> Shape.Scalar.BOOL;
            case "integer" -> Shape.Scalar.INT64;
            case "number" -> Shape.Scalar.DOUBLE;
            case "array" ->
                    new Shape.ListOf(
                            schema.items().map(item -> shape(path, item)).orElse(Shape.Scalar.ANY));
            case "object" -> objectShape(path, schema);
            default -> Shape.Scalar.ANY;
        };
    }

    private static Shape objectShape(String path, StructuralSchema schema) {
        if (schema.properties().isEmpty() && schema.additional().isPresent()) {
            return new Shape.MapOf(shape(path, schema.additional().get()));
        }
        List<Field> fields = new ArrayList<>();
        schema.properties().forEach((name, field) -> fields.add(field(path, name, field, schema)));
        return StructType.of(path, fields, List.of());
    }
}
