package dev.gantry.model.message;

import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;

/**
 * A wake-up for the agent of {@code node}: this pod of yours changed, look at it as yourself.
 *
 * @param revision at or after which the agent's view of the pod must be
 */
public record Assignment(
        String node,
        String namespace,
        String name,
        Uid uid,
        Revision revision,
        boolean isDeleted) {}
