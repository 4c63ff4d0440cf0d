package dev.gantry.model.taint;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A mark on a node or a device that keeps pods or claims away unless they tolerate it.
 *
 * <p>Compat: other effects than those named here, such as a device's None, are for people to read.
 */
public record Taint(String key, String value, String effect) {
    public static final String NO_SCHEDULE = "NoSchedule";
    public static final String PREFER_NO_SCHEDULE = "PreferNoSchedule";
    public static final String NO_EXECUTE = "NoExecute";

    /** Whether one without a toleration must not come here. */
    public boolean isForbidding() {
        return effect.equals(NO_SCHEDULE) || effect.equals(NO_EXECUTE);
    }

    /** Whether one without a toleration should rather go elsewhere. */
    public boolean isSoft() {
        return effect.equals(PREFER_NO_SCHEDULE);
    }

    public static Taint of(JsonNode taint) {
        return new Taint(
                Resource.text(taint, "key"),
                Resource.text(taint, "value"),
                Resource.text(taint, "effect"));
    }

    public static List<Taint> listOf(JsonNode taints) {
        List<Taint> found = new ArrayList<>();
        taints.forEach(each -> found.add(of(each)));
        return List.copyOf(found);
    }
}
