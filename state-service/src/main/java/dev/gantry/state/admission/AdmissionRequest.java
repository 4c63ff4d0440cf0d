package dev.gantry.state.admission;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * One write, as admission sees it.
 *
 * @param subresource empty for the object itself
 * @param object defaults set and prepared; for a deletion the stored object. For {@code pods} with
 *     subresource {@code eviction}, {@code binding} or {@code serviceaccounts/token} the body
 * @param stored what the write replaces or deletes; empty at creation
 * @param seed decides generated names; a different one for each request
 */
public record AdmissionRequest(
        Kind kind,
        Operation operation,
        String subresource,
        ObjectNode object,
        Optional<Resource> stored,
        Caller caller,
        long seed) {
    /** What is done to the object. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE
    }

    public boolean creates(Kind wanted) {
        return kind.equals(wanted) && operation == Operation.CREATE && subresource.isEmpty();
    }

    public Resource resource() {
        return new Resource(object);
    }
}
