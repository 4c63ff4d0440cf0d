/** Topology spread constraints, and the default ones for pods that have none. */
@NullMarked
package dev.gantry.scheduler.plugin.podtopologyspread;

import org.jspecify.annotations.NullMarked;
