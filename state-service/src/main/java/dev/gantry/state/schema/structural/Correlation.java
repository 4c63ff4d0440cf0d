package dev.gantry.state.schema.structural;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Which item of a list was there before.
 *
 * <p>Compat: only items of lists with keys are known again.
 *
 * @param list the schema of the list
 */
record Correlation(StructuralSchema list, JsonNode before) {
    /** A missing node where there was none. */
    JsonNode of(JsonNode item) {
        List<String> keys = list.extensions().mapKeys();
        if (!keys.isEmpty()) {
            for (JsonNode each : before) {
                boolean isSame =
                        keys.stream().allMatch(key -> each.path(key).equals(item.path(key)));
                if (isSame) {
                    return each;
                }
            }
        }
        return MissingNode.getInstance();
    }
}
