/**
 * Taints that a pod does not tolerate: those that forbid it rule the node out, those of effect
 * PreferNoSchedule make it less preferred.
 */
@NullMarked
package dev.gantry.scheduler.plugin.tainttoleration;

import org.jspecify.annotations.NullMarked;
