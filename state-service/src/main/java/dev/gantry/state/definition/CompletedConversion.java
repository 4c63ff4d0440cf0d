package dev.gantry.state.definition;

import dev.gantry.state.schema.TypeSchema;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A conversion after which there is what its version writes even when it is empty. */
record CompletedConversion(Conversion conversion, TypeSchema schema) implements Conversion {
    /** The stored form is completed by whoever stores it. */
    @Override
    public ObjectNode toStored(ObjectNode object) {
        return conversion.toStored(object);
    }

    @Override
    public ObjectNode fromStored(ObjectNode object) {
        ObjectNode converted = conversion.fromStored(object);
        schema.complete(converted);
        return converted;
    }

    @Override
    public Optional<String> storedField(String field) {
        return conversion.storedField(field);
    }
}
