/** Volumes that only one pod, or one node, may use at a time. */
@NullMarked
package dev.gantry.scheduler.plugin.volumerestrictions;

import org.jspecify.annotations.NullMarked;
