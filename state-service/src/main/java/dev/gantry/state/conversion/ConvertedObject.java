package dev.gantry.state.conversion;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoValue;
import dev.gantry.state.validation.LabelRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One object that a webhook has converted.
 *
 * <p>Invariant: of the metadata only labels and annotations are the webhook's. Compat: {@code
 * validateConvertedObject} and {@code restoreObjectMeta} of apiextensions-apiserver.
 */
sealed interface ConvertedObject {
    record Valid(ObjectNode object) implements ConvertedObject {}

    record Invalid(Fault what, String why) implements ConvertedObject {}

    /** What of the object is wrong. */
    enum Fault {
        TYPE,
        OBJECT,
        METADATA
    }

    /**
     * @param reply becomes the object, in place
     */
    static ConvertedObject of(ObjectNode original, JsonNode reply, String desired) {
        if (!text(reply, "apiVersion").equals(desired)) {
            return new Invalid(
                    Fault.TYPE,
                    "invalid groupVersion (expected %s, received %s)"
                            .formatted(desired, text(reply, "apiVersion")));
        }
        String kind = text(original, "kind");
        if (!(reply instanceof ObjectNode object) || !text(reply, "kind").equals(kind)) {
            return new Invalid(
                    Fault.TYPE,
                    "invalid kind (expected %s, received %s)".formatted(kind, text(reply, "kind")));
        }
        return identity(original, object)
                .<ConvertedObject>map(why -> new Invalid(Fault.OBJECT, why))
                .or(() -> restore(original, object).map(why -> new Invalid(Fault.METADATA, why)))
                .orElseGet(() -> new Valid(object));
    }

    private static Optional<String> identity(ObjectNode original, ObjectNode converted) {
        for (var each : List.of("name", "namespace", "uid")) {
            String before = text(original.path("metadata"), each);
            String after = text(converted.path("metadata"), each);
            if (!before.equals(after)) {
                String shown = each.equals("uid") ? "UID" : each;
                return Optional.of(
                        "must have the same %s: %s != %s".formatted(shown, before, after));
            }
        }
        return Optional.empty();
    }

    /** Gives the object its metadata back, but for labels and annotations. */
    private static Optional<String> restore(ObjectNode original, ObjectNode converted) {
        JsonNode given = converted.path("metadata");
        if (given.isMissingNode()) {
            return Optional.of("missing metadata in converted object");
        }
        if (!given.isObject()) {
            return Optional.of(
                    "invalid metadata of type %s in converted object"
                            .formatted(GoValue.type(given)));
        }
        ObjectNode kept = (ObjectNode) original.path("metadata").deepCopy();
        for (String each : List.of("labels", "annotations")) {
            Optional<String> wrong = take(each, given.path(each), kept);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        converted.set("metadata", kept);
        return Optional.empty();
    }

    private static Optional<String> take(String field, JsonNode given, ObjectNode metadata) {
        JsonNode before = metadata.path(field);
        metadata.remove(field);
        if (given.isMissingNode() || given.isNull()) {
            return Optional.empty();
        }
        if (!given.isObject()) {
            return Optional.of(
                    "invalid metadata.%s of type %s in converted object"
                            .formatted(field, GoValue.type(given)));
        }
        for (Map.Entry<String, JsonNode> each : given.properties()) {
            if (!each.getValue().isString()) {
                return Optional.of(
                        "metadata.%s[%s] must be a string, but is %s in converted object"
                                .formatted(field, each.getKey(), GoValue.type(each.getValue())));
            }
        }
        metadata.set(field, given);
        return given.equals(before) ? Optional.empty() : wrong(field, metadata);
    }

    private static Optional<String> wrong(String field, ObjectNode metadata) {
        List<FieldError> errors = new ArrayList<>();
        Field entries = Field.root(metadata, errors).child(field);
        if (field.equals("labels")) {
            LabelRules.labels(entries.at("metadata.labels"));
        } else {
            // Compat: upstream's path lacks the last letter.
            LabelRules.annotations(entries.at("metadata.annotation"));
        }
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        errors.size() == 1 ? errors.getFirst().toString() : errors.toString());
    }
}
