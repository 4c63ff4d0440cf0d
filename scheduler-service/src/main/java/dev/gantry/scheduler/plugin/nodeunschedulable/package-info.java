/** Cordoned nodes. */
@NullMarked
package dev.gantry.scheduler.plugin.nodeunschedulable;

import org.jspecify.annotations.NullMarked;
