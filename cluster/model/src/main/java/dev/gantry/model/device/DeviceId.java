package dev.gantry.model.device;

import dev.gantry.model.meta.Resource;
import tools.jackson.databind.JsonNode;

/** Names one device of the cluster. */
public record DeviceId(String driver, String pool, String device) {
    public static DeviceId of(JsonNode result) {
        return new DeviceId(
                Resource.text(result, "driver"),
                Resource.text(result, "pool"),
                Resource.text(result, "device"));
    }

    @Override
    public String toString() {
        return driver + "/" + pool + "/" + device;
    }
}
