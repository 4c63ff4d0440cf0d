package dev.gantry.scheduler.snapshot;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A mark on a node that keeps pods away unless they tolerate it. */
public record Taint(String key, String value, String effect) {
    public static final String NO_SCHEDULE = "NoSchedule";
    public static final String PREFER_NO_SCHEDULE = "PreferNoSchedule";
    public static final String NO_EXECUTE = "NoExecute";

    /** Whether a pod without a toleration must not come here. */
    public boolean isForbidding() {
        return effect.equals(NO_SCHEDULE) || effect.equals(NO_EXECUTE);
    }

    static List<Taint> listOf(JsonNode taints) {
        List<Taint> found = new ArrayList<>();
        for (JsonNode each : taints) {
            found.add(
                    new Taint(
                            Resource.text(each, "key"),
                            Resource.text(each, "value"),
                            Resource.text(each, "effect")));
        }
        return List.copyOf(found);
    }
}
