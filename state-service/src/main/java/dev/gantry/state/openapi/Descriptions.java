package dev.gantry.state.openapi;

import dev.gantry.state.schema.StructType;
import io.swagger.annotations.ApiModel;
import io.swagger.annotations.ApiModelProperty;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What types and fields are for, in words, from the annotations of the client's models.
 *
 * <p>Cost: reading the model of one type takes some 50 µs, so it is done per document, not at
 * start.
 */
final class Descriptions {
    private static final String MODELS = "io.kubernetes.client.openapi.models.";

    private final String type;
    private final Map<String, String> fields;

    private Descriptions(String type, Map<String, String> fields) {
        this.type = type;
        this.fields = fields;
    }

    static Descriptions of(StructType type) {
        Optional<Class<?>> model = modelOf(type);
        if (model.isEmpty()) {
            return new Descriptions("", Map.of());
        }
        ApiModel words = model.get().getAnnotation(ApiModel.class);
        Map<String, String> fields = new TreeMap<>();
        for (Method method : model.get().getDeclaredMethods()) {
            ApiModelProperty property = method.getAnnotation(ApiModelProperty.class);
            if (property != null && method.getName().startsWith("get")) {
                fields.put(bare(method.getName().substring(3)), property.value());
            }
        }
        return new Descriptions(words == null ? "" : words.description(), fields);
    }

    /** Empty where there is none. */
    String ofType() {
        return type;
    }

    /** Empty where there is none. */
    String of(String field) {
        return fields.getOrDefault(bare(field), "");
    }

    /** Models are named by version and type; where that is ambiguous, by group before. */
    private static Optional<Class<?>> modelOf(StructType type) {
        List<String> parts = List.of(type.name().split("\\."));
        String name = ApiGroupName.capitalized(parts.get(parts.size() - 2)) + parts.getLast();
        String group = ApiGroupName.capitalized(parts.get(parts.size() - 3));
        for (String candidate : List.of(name, group + name)) {
            try {
                return Optional.of(Class.forName(MODELS + candidate));
            } catch (ClassNotFoundException absent) {
                // The next candidate, or no words at all.
                continue;
            }
        }
        return Optional.empty();
    }

    /** {@code x-kubernetes-list-type} and {@code xKubernetesListType} are the same field. */
    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
