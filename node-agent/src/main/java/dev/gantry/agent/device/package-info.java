/**
 * Whether a pod may have the devices that it claims.
 *
 * <p>A pod and its claims in; what stands in the way, in words, out. Deliberately absent: preparing
 * devices, for which a node would need drivers.
 */
@NullMarked
package dev.gantry.agent.device;

import org.jspecify.annotations.NullMarked;
