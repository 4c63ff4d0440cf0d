package dev.gantry.state.request;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Judged;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the whole object as it shall be out of the one that is stored; asked again for each attempt
 * at the write, since another object may be stored by then.
 */
@FunctionalInterface
public interface Edit {
    /** The tree is the receiver's own, in the version in which objects are stored. */
    Judged<ObjectNode> of(Resource stored, Instant now);
}
