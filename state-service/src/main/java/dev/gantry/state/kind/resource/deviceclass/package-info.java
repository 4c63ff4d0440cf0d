/** DeviceClasses: which devices count as of a class. */
@NullMarked
package dev.gantry.state.kind.resource.deviceclass;

import org.jspecify.annotations.NullMarked;
