package dev.gantry.state.request;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Judged;
import dev.gantry.state.registry.DecisionContext;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the whole object as it shall be out of the one that is stored; asked again for each attempt
 * at the write, since another object may be stored by then.
 */
@FunctionalInterface
public interface Edit {
    /**
     * The tree is the receiver's own, in the version in which objects are stored. It does not count
     * where something is open in the context afterwards.
     */
    Judged<ObjectNode> of(Resource stored, DecisionContext context);
}
