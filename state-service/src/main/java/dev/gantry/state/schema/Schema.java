package dev.gantry.state.schema;

import dev.gantry.model.fault.Bug;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All built-in types, found by name or by kind. */
public final class Schema {
    /** The fields that objects of every kind have. */
    private static final List<String> OF_ALL = List.of("apiVersion", "kind", "metadata");

    private static final String META = "apimachinery.pkg.apis.meta.v1.";

    private final Map<String, StructType> types;
    private final Map<GroupVersionKind, StructType> kinds = new HashMap<>();
    private final StructType custom = new StructType("custom", false);

    private Schema(Map<String, StructType> types) {
        this.types = types;
        types.values().forEach(type -> type.kinds().forEach(kind -> kinds.put(kind, type)));
        type("api.core.v1.ConfigMap")
                .ifPresent(
                        known ->
                                custom.fill(
                                        known.fields().stream()
                                                .filter(field -> OF_ALL.contains(field.name()))
                                                .toList(),
                                        List.of()));
    }

    /** The types of Kubernetes v1.36, read once. */
    public static Schema builtin() {
        return Builtin.SCHEMA;
    }

    /** The type of a kind's objects. Empty for kinds that are not built in. */
    public Optional<StructType> of(GroupVersionKind kind) {
        StructType found = kinds.get(kind);
        if (found == null && (kind.kind().endsWith("Options") || kind.kind().equals("Status"))) {
            return type(META + kind.kind());
        }
        return Optional.ofNullable(found);
    }

    /** {@code name} as in {@link StructType#name()}. */
    public Optional<StructType> type(String name) {
        return Optional.ofNullable(types.get(name));
    }

    /** The metadata of every object. */
    public StructType objectMeta() {
        return type(META + "ObjectMeta").orElseThrow();
    }

    /** Custom resources: nothing is known of them but their metadata. */
    public StructType custom() {
        return custom;
    }

    /** In order of name. */
    public Collection<StructType> types() {
        return types.values();
    }

    private static Schema read() {
        InputStream found = Schema.class.getResourceAsStream("types.txt");
        Bug.unless(found != null, "the table of types is not in the jar");
        try (var lines = new BufferedReader(new InputStreamReader(found, StandardCharsets.UTF_8))) {
            return new Schema(SchemaTable.parse(lines.lines().toList()));
        } catch (IOException unreadable) {
            throw new Bug("the table of types cannot be read", unreadable);
        }
    }

    private static final class Builtin {
        static final Schema SCHEMA = read();
    }
}
