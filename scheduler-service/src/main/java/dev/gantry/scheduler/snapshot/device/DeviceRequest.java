package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.taint.Toleration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * One request of a claim: what will do, the best first.
 *
 * @param options just one where the request says exactly what it wants
 */
public record DeviceRequest(String name, List<Option> options) {
    /**
     * Devices that would fulfil a request.
     *
     * @param name as in allocations: the request's, or {@code request/subrequest}
     * @param isAll whether it wants every device that matches
     * @param isAdmin whether it may have devices that others have
     * @param capacities how much it needs of a device, by name
     * @param tolerated the tolerations as written, to be kept with the allocation
     */
    public record Option(
            String name,
            String className,
            List<String> selectors,
            boolean isAll,
            int count,
            boolean isAdmin,
            List<Toleration> tolerations,
            SortedMap<String, Quantity> capacities,
            JsonNode tolerated) {
        static Option of(String name, JsonNode json) {
            SortedMap<String, Quantity> capacities = new TreeMap<>();
            json.path("capacity")
                    .path("requests")
                    .properties()
                    .forEach(
                            each ->
                                    Capacity.quantity(each.getValue())
                                            .ifPresent(v -> capacities.put(each.getKey(), v)));
            JsonNode tolerations = json.path("tolerations");
            return new Option(
                    name,
                    Resource.text(json, "deviceClassName"),
                    DeviceClass.selectors(json.path("selectors")),
                    Resource.text(json, "allocationMode").equals("All"),
                    json.path("count").asInt(1),
                    json.path("adminAccess").asBoolean(false),
                    Toleration.listOf(tolerations),
                    capacities,
                    tolerations);
        }
    }

    static List<DeviceRequest> listOf(JsonNode json) {
        List<DeviceRequest> found = new ArrayList<>();
        for (JsonNode each : json) {
            String name = Resource.text(each, "name");
            List<Option> options = new ArrayList<>();
            for (JsonNode option : each.path("firstAvailable")) {
                options.add(Option.of(name + "/" + Resource.text(option, "name"), option));
            }
            if (options.isEmpty()) {
                options.add(Option.of(name, each.path("exactly")));
            }
            found.add(new DeviceRequest(name, List.copyOf(options)));
        }
        return List.copyOf(found);
    }
}
