package dev.gantry.state.registry;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Keeps {@code metadata.managedFields}: who set which field. */
@FunctionalInterface
public interface ManagedFieldsUpdate {
    /** Leaves the notes as they are. */
    ManagedFieldsUpdate UNCHANGED = (_, _, _) -> {};

    /**
     * Notes in {@code object} what it sets differently from {@code stored}.
     *
     * @param stored empty at creation
     */
    void note(ObjectNode object, Optional<ObjectNode> stored, DecisionContext context);
}
