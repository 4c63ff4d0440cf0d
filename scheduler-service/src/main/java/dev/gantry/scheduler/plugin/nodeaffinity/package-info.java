/**
 * Which nodes a pod, or the profile for all its pods, requires and prefers: nodeSelector, node
 * affinity and upstream's {@code addedAffinity}.
 */
@NullMarked
package dev.gantry.scheduler.plugin.nodeaffinity;

import org.jspecify.annotations.NullMarked;
