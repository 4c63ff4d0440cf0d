package dev.gantry.scheduler.plugin.dynamicresources;

import dev.gantry.model.quantity.Quantity;
import dev.gantry.scheduler.snapshot.device.Device;
import dev.gantry.scheduler.snapshot.device.DevicePool.Candidate;
import dev.gantry.scheduler.snapshot.device.DeviceRequest;
import java.util.SortedMap;

/**
 * A device that a claim would get.
 *
 * @param portions what it takes of a shared device, by the capacity's full name
 */
record Grant(
        DeviceRequest request,
        DeviceRequest.Option option,
        Candidate candidate,
        SortedMap<String, Quantity> portions) {
    Device device() {
        return candidate.device();
    }

    /** Whether pods must wait once they have it. */
    boolean mustWait() {
        return !device().conditions().areNone();
    }
}
