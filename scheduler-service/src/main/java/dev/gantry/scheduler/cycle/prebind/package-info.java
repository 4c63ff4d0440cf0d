/**
 * Pods that have their node and wait there until volumes are provisioned or devices are ready: what
 * the feed shows of claims in, ready or failed out.
 *
 * <p>Compat: the PreBind step of VolumeBinding and DynamicResources.
 */
@NullMarked
package dev.gantry.scheduler.cycle.prebind;

import org.jspecify.annotations.NullMarked;
