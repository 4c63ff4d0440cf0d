/**
 * Required and preferred pod affinity and anti-affinity: the pod's own, and that of the pods that
 * run already.
 */
@NullMarked
package dev.gantry.scheduler.plugin.interpodaffinity;

import org.jspecify.annotations.NullMarked;
