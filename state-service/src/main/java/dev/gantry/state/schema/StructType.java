package dev.gantry.state.schema;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A type with named fields. Types refer to each other, also in circles. */
public final class StructType implements Shape {
    private final String name;
    private final boolean isAtomic;
    private Map<String, Field> fields = Map.of();
    private List<Field> alwaysWritten = List.of();
    private List<Field> tellingEmpty = List.of();
    private List<GroupVersionKind> kinds = List.of();

    StructType(String name, boolean isAtomic) {
        this.name = name;
        this.isAtomic = isAtomic;
    }

    /** A type that no other refers to. */
    public static StructType of(String name, List<Field> fields, List<GroupVersionKind> kinds) {
        StructType type = new StructType(name, false);
        type.fill(fields, kinds);
        return type;
    }

    /** Only while the table is read: types must exist before fields can refer to them. */
    void fill(List<Field> declared, List<GroupVersionKind> names) {
        Map<String, Field> byName = LinkedHashMap.newLinkedHashMap(declared.size());
        declared.forEach(field -> byName.put(field.name(), field));
        fields = Collections.unmodifiableMap(byName);
        alwaysWritten = declared.stream().filter(Field::isAlwaysWritten).toList();
        tellingEmpty = declared.stream().filter(Field::tellsEmpty).toList();
        kinds = List.copyOf(names);
    }

    /**
     * The OpenAPI definition without its leading {@code io.k8s.}, such as {@code api.core.v1.Pod}.
     */
    public String name() {
        return name;
    }

    /** {@code Pod} */
    public String simpleName() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public String goName() {
        int dot = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', dot - 1) + 1);
    }

    /** Owned and replaced as a whole, wherever it appears. */
    public boolean isAtomic() {
        return isAtomic;
    }

    public Optional<Field> field(String fieldName) {
        return Optional.ofNullable(fields.get(fieldName));
    }

    /** As {@link #field}, without the wrapping. Cost: one call per field of each body read. */
    public @Nullable Field fieldOrNull(String fieldName) {
        return fields.get(fieldName);
    }

    /** Those that Go writes even when nothing is set in them. */
    public List<Field> alwaysWritten() {
        return alwaysWritten;
    }

    /** Lists and maps that are kept empty until the object is stored. */
    public List<Field> tellingEmpty() {
        return tellingEmpty;
    }

    /** In alphabetical order. */
    public Collection<Field> fields() {
        return fields.values();
    }

    /** The kinds whose objects have this type; empty for parts. */
    public List<GroupVersionKind> kinds() {
        return kinds;
    }

    @Override
    public String toString() {
        return name;
    }
}
