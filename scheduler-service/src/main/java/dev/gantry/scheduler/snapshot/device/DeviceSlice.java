package dev.gantry.scheduler.snapshot.device;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A ResourceSlice: some devices of a pool.
 *
 * @param generation slices of an older one than the pool's newest don't count
 * @param slices how many slices the pool has in this generation
 * @param isPerDevice whether each device says for itself from where it can be used
 */
public record DeviceSlice(
        String name,
        String driver,
        String pool,
        long generation,
        long slices,
        NodeChoice nodes,
        boolean isPerDevice,
        List<Counters> shared,
        List<Device> devices) {
    public static DeviceSlice of(Resource object) {
        JsonNode spec = object.spec();
        String driver = Resource.text(spec, "driver");
        JsonNode pool = spec.path("pool");
        String poolName = Resource.text(pool, "name");
        List<Device> devices = new ArrayList<>();
        spec.path("devices").forEach(each -> devices.add(Device.of(driver, poolName, each)));
        return new DeviceSlice(
                object.name(),
                driver,
                poolName,
                pool.path("generation").asLong(0),
                pool.path("resourceSliceCount").asLong(0),
                NodeChoice.of(spec),
                spec.path("perDeviceNodeSelection").asBoolean(false),
                Counters.listOf(spec.path("sharedCounters"), "name"),
                List.copyOf(devices));
    }

    /** From where this device of the slice can be used. */
    public NodeChoice nodesOf(Device device) {
        return isPerDevice ? device.nodes() : nodes;
    }
}
