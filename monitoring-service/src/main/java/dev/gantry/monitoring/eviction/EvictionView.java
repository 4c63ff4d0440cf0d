package dev.gantry.monitoring.eviction;

import dev.gantry.model.meta.Resource;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * All that a decision about one pod may see.
 *
 * @param taints those of its node with effect NoExecute
 * @param isMassSilence whether taints that say "unreachable" are not to be believed
 */
record EvictionView(Resource pod, List<JsonNode> taints, boolean isMassSilence) {}
