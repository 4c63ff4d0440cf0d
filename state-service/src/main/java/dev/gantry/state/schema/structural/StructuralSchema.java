package dev.gantry.state.schema.structural;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.schema.Field.ListType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A structural schema: what an OpenAPI v3 schema says of one value, without the logic of {@code
 * allOf} and its like.
 *
 * @param type empty where any is allowed
 * @param additional what the entries of a map are held to; empty where there is no map
 * @param items what items are held to; empty where nothing is said of them
 * @param defaultValue what stands where nothing is sent
 */
public record StructuralSchema(
        String type,
        SortedMap<String, StructuralSchema> properties,
        Optional<StructuralSchema> additional,
        Optional<StructuralSchema> items,
        Optional<JsonNode> defaultValue,
        Extensions extensions,
        Limits limits) {
    /** Of a place of which nothing is said but that anything may stand there. */
    static final StructuralSchema ANYTHING =
            of(
                    tools.jackson.databind.node.JsonNodeFactory.instance
                            .objectNode()
                            .put("x-kubernetes-preserve-unknown-fields", true));

    /**
     * What Kubernetes adds to OpenAPI.
     *
     * @param isEmbedded an object with apiVersion, kind and metadata
     * @param mapKeys the fields that tell items apart, where the list is a map
     * @param isAtomic a map or struct that is owned and replaced as a whole
     */
    public record Extensions(
            boolean isNullable,
            boolean isIntOrString,
            boolean preservesUnknown,
            boolean isEmbedded,
            ListType listType,
            List<String> mapKeys,
            boolean isAtomic) {}

    /**
     * What is said of the value itself: as written, since few fields say any of it.
     *
     * @param pattern of {@code schema}, compiled: that takes longer than all other checks of a text
     */
    public record Limits(
            JsonNode schema, List<String> required, Logic logic, Optional<Pattern> pattern) {
        private static Limits of(JsonNode openApi) {
            return new Limits(
                    openApi,
                    texts(openApi.path("required")),
                    Logic.of(openApi),
                    compiled(openApi.path("pattern").asString("")));
        }

        /** Cost: linear in a text, whatever the pattern, which anybody may have written. */
        private static Optional<Pattern> compiled(String pattern) {
            try {
                return pattern.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(pattern));
            } catch (PatternSyntaxException refusedBefore) {
                return Optional.empty();
            }
        }
    }

    /** Further schemas, which say what values are valid and nothing else. */
    public record Logic(
            List<StructuralSchema> all,
            List<StructuralSchema> any,
            List<StructuralSchema> one,
            Optional<StructuralSchema> not) {
        private static final Logic NONE =
                new Logic(List.of(), List.of(), List.of(), Optional.empty());

        private static Logic of(JsonNode openApi) {
            boolean isPlain =
                    !openApi.has("allOf")
                            && !openApi.has("anyOf")
                            && !openApi.has("oneOf")
                            && !openApi.has("not");
            return isPlain
                    ? NONE
                    : new Logic(
                            each(openApi.path("allOf")),
                            each(openApi.path("anyOf")),
                            each(openApi.path("oneOf")),
                            openApi.path("not").isObject()
                                    ? Optional.of(StructuralSchema.of(openApi.path("not")))
                                    : Optional.empty());
        }

        private static List<StructuralSchema> each(JsonNode schemas) {
            return schemas.valueStream().map(StructuralSchema::of).toList();
        }
    }

    /** {@code openApi} as a CustomResourceDefinition has it under {@code openAPIV3Schema}. */
    public static StructuralSchema of(JsonNode openApi) {
        SortedMap<String, StructuralSchema> properties = new TreeMap<>();
        openApi.path("properties")
                .properties()
                .forEach(each -> properties.put(each.getKey(), of(each.getValue())));
        JsonNode additional = openApi.path("additionalProperties");
        JsonNode items = openApi.path("items");
        return new StructuralSchema(
                openApi.path("type").asString(""),
                properties,
                additional.isObject()
                        ? Optional.of(of(additional))
                        : additional.asBoolean(false) ? Optional.of(ANYTHING) : Optional.empty(),
                items.isObject() ? Optional.of(of(items)) : Optional.empty(),
                Optional.ofNullable(openApi.get("default")),
                extensions(openApi),
                Limits.of(openApi));
    }

    /** What is wrong with a value that stands for itself. */
    public List<FieldError> validate(JsonNode value) {
        return StructuralRules.validate(value, this);
    }

    /** Whether something of a value that stands for itself is not declared. */
    public boolean hasUnknown(JsonNode value) {
        return !Pruning.prune(value.deepCopy(), this).isEmpty();
    }

    /** Whether anything is filled in anywhere. */
    boolean hasDefaults() {
        return defaultValue.isPresent()
                || properties.values().stream().anyMatch(StructuralSchema::hasDefaults)
                || additional.map(StructuralSchema::hasDefaults).orElse(false)
                || items.map(StructuralSchema::hasDefaults).orElse(false);
    }

    /** Whether the value may have fields that the schema does not name. */
    boolean isOpen() {
        return extensions.preservesUnknown || additional.isPresent();
    }

    private static Extensions extensions(JsonNode openApi) {
        return new Extensions(
                openApi.path("nullable").asBoolean(false),
                openApi.path("x-kubernetes-int-or-string").asBoolean(false),
                openApi.path("x-kubernetes-preserve-unknown-fields").asBoolean(false),
                openApi.path("x-kubernetes-embedded-resource").asBoolean(false),
                switch (openApi.path("x-kubernetes-list-type").asString("")) {
                    case "map" -> ListType.MAP;
                    case "set" -> ListType.SET;
                    default -> ListType.ATOMIC;
                },
                texts(openApi.path("x-kubernetes-list-map-keys")),
                openApi.path("x-kubernetes-map-type").asString("").equals("atomic"));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asString("")));
        return List.copyOf(texts);
    }
}
