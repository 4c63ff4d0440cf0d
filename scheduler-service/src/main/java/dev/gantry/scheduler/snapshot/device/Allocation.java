package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.device.DeviceId;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.selector.NodeTerm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The devices that a claim has.
 *
 * @param nodes where they can be used; empty for everywhere
 * @param since when it was committed; empty where it is not, or the time was not recorded
 */
public record Allocation(
        List<Share> shares, Optional<List<NodeTerm>> nodes, Optional<Instant> since) {
    /**
     * @param isWhole whether no other pod can have the device
     * @param portions what is taken of a shared device's capacities, by full name
     */
    public record Share(DeviceId device, boolean isWhole, SortedMap<String, Quantity> portions) {}

    public boolean isUsableFrom(String node, Map<String, String> labels) {
        return nodes.map(terms -> NodeTerm.anySelects(terms, node, labels)).orElse(true);
    }

    /** Empty where there is none. */
    public static Optional<Allocation> of(JsonNode json) {
        if (!json.isObject()) {
            return Optional.empty();
        }
        List<Share> shares = new ArrayList<>();
        for (JsonNode each : json.path("devices").path("results")) {
            shares.add(share(each));
        }
        JsonNode selector = json.path("nodeSelector");
        return Optional.of(
                new Allocation(
                        List.copyOf(shares),
                        selector.isObject()
                                ? Optional.of(NodeTerm.listOf(selector))
                                : Optional.empty(),
                        Resource.instant(json.path("allocationTimestamp"))));
    }

    private static Share share(JsonNode result) {
        DeviceId device = DeviceId.of(result);
        SortedMap<String, Quantity> portions = new TreeMap<>();
        result.path("consumedCapacity")
                .properties()
                .forEach(
                        each ->
                                Capacity.quantity(each.getValue())
                                        .ifPresent(
                                                amount ->
                                                        portions.put(
                                                                Device.fullName(
                                                                        device.driver(),
                                                                        each.getKey()),
                                                                amount)));
        boolean isWhole =
                !result.hasNonNull("shareID") && !result.path("adminAccess").asBoolean(false);
        return new Share(device, isWhole, portions);
    }
}
