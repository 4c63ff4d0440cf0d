package dev.gantry.state.registry;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gives an object what there is only once in a cluster: addresses, ports.
 *
 * <p>What is given counts as taken from {@link #begin} on; whoever performs the decision ends that
 * once it is committed, and then the stored object tells, or came to nothing.
 *
 * <p>Compat: {@code BeginCreate} and {@code BeginUpdate} of apiserver's generic registry.
 */
@FunctionalInterface
public interface Allocation {
    /** For objects that need nothing of the kind. */
    Allocation NONE = (_, _, _) -> Optional.empty();

    /**
     * Completes {@code object} in place; a refusal where that cannot be done.
     *
     * @param stored what it replaces; empty at creation
     */
    Optional<Refusal> begin(ObjectNode object, Optional<Resource> stored, long seed);
}
