/** Devices: ResourceClaims and their templates, ResourceSlices, DeviceClasses. */
@NullMarked
package dev.gantry.state.strategy.device;

import org.jspecify.annotations.NullMarked;
