/**
 * Which rules apply to a pod, with which weights: settings in, a list of rules in upstream's order
 * out. Settings come from properties, and from profiles that are published while the scheduler
 * runs.
 */
@NullMarked
package dev.gantry.scheduler.placement.profile;

import org.jspecify.annotations.NullMarked;
