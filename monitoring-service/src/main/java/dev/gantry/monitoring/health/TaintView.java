package dev.gantry.monitoring.health;

import dev.gantry.model.meta.Resource;

/**
 * All that a decision about the taints of one node may see.
 *
 * @param isMassSilence whether more than half of all nodes are silent
 */
record TaintView(Resource node, boolean isMassSilence) {}
