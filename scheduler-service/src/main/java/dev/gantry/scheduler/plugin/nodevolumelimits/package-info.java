/** How many volumes of a driver a node can attach. */
@NullMarked
package dev.gantry.scheduler.plugin.nodevolumelimits;

import org.jspecify.annotations.NullMarked;
