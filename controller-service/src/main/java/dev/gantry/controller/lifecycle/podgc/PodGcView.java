package dev.gantry.controller.lifecycle.podgc;

import dev.gantry.model.meta.Resource;

/**
 * All that a decision about one pod may see.
 *
 * @param hasNode whether the node that it is bound to exists
 * @param isTooMany whether it is one of the oldest finished pods, of which there are too many
 */
record PodGcView(Resource pod, boolean hasNode, boolean isTooMany) {}
