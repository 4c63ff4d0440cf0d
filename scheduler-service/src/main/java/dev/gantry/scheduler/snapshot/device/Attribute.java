package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A property of a device. Two are equal if kind and value are. */
public sealed interface Attribute {
    record Number(long value) implements Attribute {}

    record Truth(boolean value) implements Attribute {}

    record Text(String value) implements Attribute {}

    /** A semantic version, in its minimal form, so that equal texts mean equal versions. */
    record Version(String value) implements Attribute {}

    /** Empty where the value is of a kind that this version does not know. */
    static Optional<Attribute> of(JsonNode json) {
        if (json.hasNonNull("int")) {
            return Optional.of(new Number(json.path("int").asLong(0)));
        }
        if (json.hasNonNull("bool")) {
            return Optional.of(new Truth(json.path("bool").asBoolean(false)));
        }
        if (json.hasNonNull("string")) {
            return Optional.of(new Text(Resource.text(json, "string")));
        }
        return json.hasNonNull("version")
                ? Optional.of(new Version(Resource.text(json, "version")))
                : Optional.empty();
    }
}
