package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A DeviceClass.
 *
 * @param selectors CEL expressions that must all hold for a device
 * @param config what an allocation by this class carries for the driver
 */
public record DeviceClass(String name, List<String> selectors, List<JsonNode> config) {
    public static DeviceClass of(Resource object) {
        List<JsonNode> config = new ArrayList<>();
        object.spec().path("config").forEach(config::add);
        return new DeviceClass(
                object.name(), selectors(object.spec().path("selectors")), List.copyOf(config));
    }

    static List<String> selectors(JsonNode json) {
        List<String> found = new ArrayList<>();
        json.forEach(each -> found.add(Resource.text(each.path("cel"), "expression")));
        return List.copyOf(found);
    }
}
