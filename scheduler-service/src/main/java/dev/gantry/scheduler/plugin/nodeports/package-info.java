/** Host ports. */
@NullMarked
package dev.gantry.scheduler.plugin.nodeports;

import org.jspecify.annotations.NullMarked;
