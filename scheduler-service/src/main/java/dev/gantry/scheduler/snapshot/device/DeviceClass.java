package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A DeviceClass.
 *
 * @param selectors CEL expressions that must all hold for a device
 * @param config what an allocation by this class carries for the driver
 * @param extendedResource what pods may ask for instead of claiming devices; empty where there is
 *     none
 */
public record DeviceClass(
        String name,
        List<String> selectors,
        List<JsonNode> config,
        String extendedResource,
        Instant since) {
    /**
     * Compat: of several classes for one resource the newest counts, of those the first by name.
     */
    static final Comparator<DeviceClass> PRECEDENCE =
            Comparator.comparing(DeviceClass::since).reversed().thenComparing(DeviceClass::name);

    public static DeviceClass of(Resource object) {
        List<JsonNode> config = new ArrayList<>();
        object.spec().path("config").forEach(config::add);
        return new DeviceClass(
                object.name(),
                selectors(object.spec().path("selectors")),
                List.copyOf(config),
                Resource.text(object.spec(), "extendedResourceName"),
                object.creationTime().orElse(Instant.EPOCH));
    }

    static List<String> selectors(JsonNode json) {
        List<String> found = new ArrayList<>();
        json.forEach(each -> found.add(Resource.text(each.path("cel"), "expression")));
        return List.copyOf(found);
    }
}
