package dev.gantry.model.device;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Conditions on a device that decide when a pod which got it may be bound.
 *
 * @param awaited all of these must be true first
 * @param fatal with one of these true, the device is given back
 */
public record DeviceConditions(List<String> awaited, List<String> fatal) {
    public boolean areNone() {
        return awaited.isEmpty();
    }

    /** As a device in a slice has them, and the device in an allocation too. */
    public static DeviceConditions of(JsonNode json) {
        return new DeviceConditions(
                texts(json.path("bindingConditions")),
                texts(json.path("bindingFailureConditions")));
    }

    private static List<String> texts(JsonNode list) {
        List<String> found = new ArrayList<>();
        list.forEach(each -> found.add(each.asString("")));
        return List.copyOf(found);
    }
}
