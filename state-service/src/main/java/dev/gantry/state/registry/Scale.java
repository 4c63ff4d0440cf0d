package dev.gantry.state.registry;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.selector.LabelSelector;
import dev.gantry.model.selector.LabelSelector.Requirement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The {@code scale} subresource: another shape of {@code spec.replicas}. */
public final class Scale {
    public static final String API_VERSION = "autoscaling/v1";
    public static final String KIND = "Scale";

    private Scale() {}

    public static ObjectNode of(Resource object) {
        ObjectNode scale = JsonNodeFactory.instance.objectNode();
        scale.put("kind", KIND).put("apiVersion", API_VERSION);
        ObjectNode metadata = scale.putObject("metadata");
        for (String field :
                List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            if (object.metadata().hasNonNull(field)) {
                metadata.set(field, object.metadata().path(field).deepCopy());
            }
        }
        ObjectNode spec = scale.putObject("spec");
        putUnlessZero(spec, object.spec().path("replicas").asLong(0));
        ObjectNode status = scale.putObject("status");
        status.put("replicas", object.status().path("replicas").asLong(0));
        String selector = text(LabelSelector.of(object.spec().path("selector")));
        if (!selector.isEmpty()) {
            status.put("selector", selector);
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
                                "autoscaling",
                                KIND,
                                scale.name(),
                                List.of(
                                        FieldError.invalid(
                                                "spec.replicas",
                                                Long.toString(replicas),
                                                "must be greater than or equal to 0"))));
    }

    /** The object as it shall be once {@code scale} was written: its preconditions come along. */
    public static ObjectNode apply(Resource scale, Resource stored) {
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
        Resource.child(scaled.tree(), "spec")
                .put("replicas", (int) scale.spec().path("replicas").asLong(0));
        return scaled.tree();
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
