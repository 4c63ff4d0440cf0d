package dev.gantry.controller.lifecycle.podgc;

import dev.gantry.model.meta.Resource;

/**
 * All that a decision about one pod may see.
 *
 * @param hasNode whether the node that it is bound to exists
 * @param finishedBeyond how many finished pods there are more than are kept, all younger than this
 */
record PodGcView(Resource pod, boolean hasNode, int finishedBeyond) {}
