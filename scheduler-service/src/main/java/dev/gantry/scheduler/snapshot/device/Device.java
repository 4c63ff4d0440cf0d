package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.device.DeviceConditions;
import dev.gantry.model.device.DeviceId;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.taint.Taint;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * One device of a slice. Attributes and capacities go by their full names, {@code domain/name}; the
 * driver is the domain of those that name none.
 *
 * @param isShared whether several claims may have it, each a part of its capacity
 * @param isNodeBound whether an allocation keeps the claim to the node, although others reach it
 * @param conditions for which pods must wait after it has been allocated
 */
public record Device(
        DeviceId id,
        SortedMap<String, Attribute> attributes,
        SortedMap<String, Capacity> capacities,
        NodeChoice nodes,
        List<Taint> taints,
        List<Counters> consumed,
        boolean isShared,
        boolean isNodeBound,
        DeviceConditions conditions) {
    public Optional<Attribute> attribute(String fullName) {
        return Optional.ofNullable(attributes.get(fullName));
    }

    static Device of(String driver, String pool, JsonNode json) {
        SortedMap<String, Attribute> attributes = new TreeMap<>();
        json.path("attributes")
                .properties()
                .forEach(
                        each ->
                                Attribute.of(each.getValue())
                                        .ifPresent(
                                                value ->
                                                        attributes.put(
                                                                fullName(driver, each.getKey()),
                                                                value)));
        SortedMap<String, Capacity> capacities = new TreeMap<>();
        json.path("capacity")
                .properties()
                .forEach(
                        each ->
                                capacities.put(
                                        fullName(driver, each.getKey()),
                                        Capacity.of(each.getValue())));
        return new Device(
                new DeviceId(driver, pool, Resource.text(json, "name")),
                attributes,
                capacities,
                NodeChoice.of(json),
                Taint.listOf(json.path("taints")),
                Counters.listOf(json.path("consumesCounters"), "counterSet"),
                json.path("allowMultipleAllocations").asBoolean(false),
                json.path("bindsToNode").asBoolean(false),
                DeviceConditions.of(json));
    }

    /** A name with its domain: the driver's, where it names none. */
    public static String fullName(String driver, String name) {
        return name.indexOf('/') < 0 ? driver + "/" + name : name;
    }
}
