package dev.gantry.monitoring.health;

import dev.gantry.model.meta.Resource;

/**
 * All that a decision about the taints of one node may see.
 *
 * @param isMassSilence whether so many nodes are silent that we rather doubt ourselves
 */
record TaintView(Resource node, boolean isMassSilence) {}
