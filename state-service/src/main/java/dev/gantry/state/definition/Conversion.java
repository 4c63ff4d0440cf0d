package dev.gantry.state.definition;

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
                public String storedField(String field) {
                    return field;
                }
            };

    ObjectNode toStored(ObjectNode object);

    ObjectNode fromStored(ObjectNode object);

    /** What a field of a field selector is called in the stored form. */
    String storedField(String field);
}
