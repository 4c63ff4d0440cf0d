package dev.gantry.client.event;

import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import tools.jackson.databind.node.ObjectNode;

/** How an occurrence reaches the API. */
public sealed interface EventWrite {
    record Create(Resource event) implements EventWrite {}

    /**
     * @param patch a merge patch that raises the count
     * @param whole the event as it then is, should the API have forgotten it
     */
    record Repeat(ObjectKey key, ObjectNode patch, Resource whole) implements EventWrite {}
}
