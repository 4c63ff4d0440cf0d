package dev.gantry.gateway.configuration;

import dev.gantry.gateway.request.Deadline;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object of a configuration file, and where it stands. What is wrong with any part of the file
 * is noted in one list, and told all at once.
 *
 * <p>Used by one thread.
 */
public final class ConfigurationSection {
    private final JsonNode node;
    private final String path;
    private final List<FieldError> errors;

    private ConfigurationSection(JsonNode node, String path, List<FieldError> errors) {
        this.node = node;
        this.path = path;
        this.errors = errors;
    }

    /**
     * The whole file.
     *
     * @param apiVersions of which the file names one
     */
    public static ConfigurationSection of(JsonNode tree, String kind, List<String> apiVersions) {
        var root = new ConfigurationSection(tree, "", new ArrayList<>());
        if (!tree.isObject()) {
            root.errors.add(FieldError.required("", "the file holds no object"));
            return root;
        }
        if (!root.text("kind").equals(kind)) {
            root.notSupported("kind", List.of(kind));
        }
        if (!apiVersions.contains(root.text("apiVersion"))) {
            root.notSupported("apiVersion", apiVersions);
        }
        return root;
    }

    /** Throws IllegalArgumentException, which says all that is wrong, if anything is. */
    public void refuseErrors() {
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(
                    errors.stream().map(FieldError::toString).collect(Collectors.joining("; ")));
        }
    }

    /** Notes every field that is not one of these. */
    public ConfigurationSection only(String... known) {
        Set<String> names = new TreeSet<>(List.of(known));
        for (var each : node.properties()) {
            if (!names.contains(each.getKey())) {
                errors.add(FieldError.forbidden(at(each.getKey()), "unknown field"));
            }
        }
        return this;
    }

    public String path() {
        return path;
    }

    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** Empty where there is none. */
    public ConfigurationSection child(String name) {
        JsonNode found = node.path(name);
        if (found.isObject()) {
            return new ConfigurationSection(found, at(name), errors);
        }
        if (node.hasNonNull(name)) {
            wrongType(name, "an object");
        }
        return new ConfigurationSection(JsonNodeFactory.instance.objectNode(), at(name), errors);
    }

    /** The objects of a list. */
    public List<ConfigurationSection> items(String name) {
        List<ConfigurationSection> items = new ArrayList<>();
        for (JsonNode each : list(name)) {
            String place = "%s[%d]".formatted(at(name), items.size());
            if (!each.isObject()) {
                errors.add(typeError(place, each, "an object"));
            }
            items.add(
                    new ConfigurationSection(
                            each instanceof ObjectNode object
                                    ? object
                                    : JsonNodeFactory.instance.objectNode(),
                            place,
                            errors));
        }
        return items;
    }

    /** Empty where there is none. */
    public String text(String name) {
        return given(name).orElse("");
    }

    /** A text that may be given and empty. */
    public Optional<String> given(String name) {
        if (!node.hasNonNull(name)) {
            return Optional.empty();
        }
        if (!node.path(name).isString()) {
            wrongType(name, "a string");
            return Optional.empty();
        }
        return Optional.of(Resource.text(node, name));
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : list(name)) {
            if (!each.isString()) {
                errors.add(typeError("%s[%d]".formatted(at(name), texts.size()), each, "a string"));
            }
            texts.add(each.asString(""));
        }
        return texts;
    }

    public Optional<Boolean> flag(String name) {
        if (!node.hasNonNull(name)) {
            return Optional.empty();
        }
        if (!node.path(name).isBoolean()) {
            wrongType(name, "a boolean");
            return Optional.empty();
        }
        return Optional.of(node.path(name).booleanValue());
    }

    /** As Go writes it, such as {@code 5m0s}; empty where it is none, which is then noted. */
    public Optional<Duration> duration(String name) {
        Optional<String> text = given(name);
        Optional<Duration> duration = text.flatMap(Deadline::parse);
        if (text.isPresent() && duration.isEmpty()) {
            invalid(name, "must be a duration, such as 10s");
        }
        return duration;
    }

    public void required(String name, String why) {
        errors.add(FieldError.required(at(name), why));
    }

    public void invalid(String name, String why) {
        JsonNode value = node.path(name);
        errors.add(
                FieldError.invalid(
                        at(name), value.isMissingNode() ? "\"\"" : value.toString(), why));
    }

    public void duplicate(String name) {
        errors.add(FieldError.duplicate(at(name), node.path(name).toString()));
    }

    public void notSupported(String name, List<String> supported) {
        String value = node.hasNonNull(name) ? node.path(name).toString() : "\"\"";
        errors.add(FieldError.notSupported(at(name), value, supported));
    }

    private Iterable<JsonNode> list(String name) {
        if (node.hasNonNull(name) && !node.path(name).isArray()) {
            wrongType(name, "a list");
            return List.of();
        }
        return node.path(name);
    }

    private void wrongType(String name, String wanted) {
        errors.add(typeError(at(name), node.path(name), wanted));
    }

    private static FieldError typeError(String place, JsonNode found, String wanted) {
        return new FieldError(
                FieldError.Type.TYPE_INVALID,
                place,
                "Invalid value: %s: must be %s".formatted(found, wanted));
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
