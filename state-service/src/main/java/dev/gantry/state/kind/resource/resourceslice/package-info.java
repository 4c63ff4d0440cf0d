/** ResourceSlices: devices that a driver offers. */
@NullMarked
package dev.gantry.state.kind.resource.resourceslice;

import org.jspecify.annotations.NullMarked;
