package dev.gantry.state.definition;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Between the form in which objects are stored and the one of another version. Both ways change the
 * tree in place.
 *
 * <p>Invariant: nothing is lost on the way there and back.
 */
public interface Conversion {
    /** Of the version in which objects are stored. Cost: what is read goes out as its bytes. */
    Conversion NONE =
            new Conversion() {
                @Override
                public ObjectNode toStored(ObjectNode object) {
                    return object;
                }

                @Override
                public ObjectNode fromStored(ObjectNode object) {
                    return object;
                }

                @Override
                public Optional<String> storedField(String field) {
                    return Optional.of(field);
                }
            };

    ObjectNode toStored(ObjectNode object);

    ObjectNode fromStored(ObjectNode object);

    /**
     * What a field of a field selector is called in the stored form. Empty where the version has no
     * such field.
     */
    Optional<String> storedField(String field);
}
