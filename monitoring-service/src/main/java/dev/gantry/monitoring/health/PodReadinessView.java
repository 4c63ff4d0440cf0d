package dev.gantry.monitoring.health;

import dev.gantry.model.meta.Resource;
import java.util.List;

/**
 * A node's pods, and whether it can run them.
 *
 * @param isReady by its own word; one that is silent is not
 * @param isDoubted whether that many nodes are silent that we rather doubt ourselves
 */
record PodReadinessView(boolean isReady, boolean isDoubted, List<Resource> pods) {}
