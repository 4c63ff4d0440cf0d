package dev.gantry.state.subresource;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.model.selector.LabelSelector.Requirement;
import dev.gantry.state.schema.GroupVersionKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code scale} subresource: the number of replicas of an object as a Scale.
 *
 * @param wanted where the object says how many there shall be
 * @param observed where it says how many there are
 * @param selector of the pods, as {@code kubectl -l} takes it; empty where there is none
 */
public record Scale(JsonPointer wanted, JsonPointer observed, Function<Resource, String> selector) {
    public static final GroupVersionKind KIND = new GroupVersionKind("autoscaling", "v1", "Scale");

    /** As most workloads say it. */
    public static final Scale OF_REPLICAS =
            new Scale(
                    JsonPointer.compile("/spec/replicas"),
                    JsonPointer.compile("/status/replicas"),
                    object -> text(LabelSelector.of(object.spec().path("selector"))));

    public ObjectNode of(Resource object) {
        ObjectNode scale = JsonNodeFactory.instance.objectNode();
        scale.put("kind", KIND.kind()).put("apiVersion", KIND.apiVersion());
        ObjectNode metadata = scale.putObject("metadata");
        for (String field :
                List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            if (object.metadata().hasNonNull(field)) {
                metadata.set(field, object.metadata().path(field).deepCopy());
            }
        }
        ObjectNode spec = scale.putObject("spec");
        putUnlessZero(spec, object.tree().at(wanted).asLong(0));
        ObjectNode status = scale.putObject("status");
        status.put("replicas", object.tree().at(observed).asLong(0));
        String text = selector.apply(object);
        if (!text.isEmpty()) {
            status.put("selector", text);
        }
        return scale;
    }

    /** What is wrong with a scale that a client sent. */
    public static Optional<Refusal> invalid(Resource scale) {
        long replicas = scale.spec().path("replicas").asLong(0);
        return replicas >= 0
                ? Optional.empty()
                : Optional.of(
                        new Refusal.Invalid(
                                KIND.group(),
                                KIND.kind(),
                                scale.name(),
                                List.of(
                                        FieldError.invalid(
                                                "spec.replicas",
                                                Long.toString(replicas),
                                                "must be greater than or equal to 0"))));
    }

    /**
     * As {@link #invalid(Resource)}, of a kind that is defined at run time.
     *
     * <p>Compat: the error is about the object, at the path that its definition names.
     */
    public Optional<Refusal> invalid(Resource scale, Kind kind) {
        long replicas = scale.spec().path("replicas").asLong(0);
        return replicas >= 0
                ? Optional.empty()
                : Optional.of(
                        new Refusal.Invalid(
                                kind.group(),
                                kind.kindName(),
                                scale.name(),
                                List.of(
                                        FieldError.invalid(
                                                wanted.toString().replace('/', '.'),
                                                Long.toString(replicas),
                                                "should be a non-negative integer"))));
    }

    /** The object as it shall be once {@code scale} was written: its preconditions come along. */
    public ObjectNode apply(Resource scale, Resource stored) {
        Resource scaled = stored.copy();
        ObjectNode metadata = scaled.mutableMetadata();
        for (String field : List.of("resourceVersion", "uid")) {
            JsonNode given = scale.metadata().path(field);
            if (!given.asString("").isEmpty()) {
                metadata.set(field, given);
            }
        }
        if (Resource.text(scale.metadata(), "resourceVersion").isEmpty()) {
            metadata.remove("resourceVersion");
        }
        parentOf(scaled.tree())
                .put(
                        wanted.last().getMatchingProperty(),
                        (int) scale.spec().path("replicas").asLong(0));
        return scaled.tree();
    }

    /** Of an object of the kind, just what {@code scale} says. */
    public ObjectNode owner(Resource scale, Kind kind) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", kind.apiVersion()).put("kind", kind.kindName());
        ObjectNode metadata = object.putObject("metadata");
        for (String field : List.of("name", "namespace", "uid", "resourceVersion")) {
            if (!Resource.text(scale.metadata(), field).isEmpty()) {
                metadata.set(field, scale.metadata().path(field));
            }
        }
        if (scale.spec().has("replicas")) {
            parentOf(object)
                    .put(
                            wanted.last().getMatchingProperty(),
                            scale.spec().path("replicas").asInt(0));
        }
        return object;
    }

    private ObjectNode parentOf(ObjectNode tree) {
        ObjectNode at = tree;
        for (JsonPointer step = wanted; !step.tail().matches(); step = step.tail()) {
            at = Resource.child(at, step.getMatchingProperty());
        }
        return at;
    }

    private static void putUnlessZero(ObjectNode spec, long replicas) {
        if (replicas != 0) {
            spec.put("replicas", replicas);
        }
    }

    /** Compat: the selector as {@code kubectl -l} takes it. */
    private static String text(LabelSelector selector) {
        return selector.requirements().stream().map(Scale::text).collect(Collectors.joining(","));
    }

    private static String text(Requirement requirement) {
        String values = String.join(",", requirement.values());
        return switch (requirement.operator()) {
            case IN ->
                    requirement.values().size() == 1
                            ? requirement.key() + "=" + values
                            : requirement.key() + " in (" + values + ")";
            case NOT_IN -> requirement.key() + " notin (" + values + ")";
            case EXISTS -> requirement.key();
            case NOT_EXISTS -> "!" + requirement.key();
            case GREATER -> requirement.key() + ">" + values;
            case LESS -> requirement.key() + "<" + values;
        };
    }
}
