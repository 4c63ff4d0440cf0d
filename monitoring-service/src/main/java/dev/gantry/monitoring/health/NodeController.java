package dev.gantry.monitoring.health;

import dev.gantry.client.controller.ObjectController;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;

/** A part of what upstream's node-lifecycle controller does to nodes. */
interface NodeController extends ObjectController {
    @Override
    default String component() {
        return "node-controller";
    }

    @Override
    default GroupResource resource() {
        return Resources.NODES;
    }
}
