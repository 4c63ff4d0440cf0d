package dev.gantry.monitoring.health;

import dev.gantry.model.meta.Resource;
import java.util.List;

/**
 * A node's pods, and whether it can be reached.
 *
 * @param isMassSilence whether that many nodes are silent that we rather doubt ourselves
 */
record PodReadinessView(boolean isReachable, boolean isMassSilence, List<Resource> pods) {}
