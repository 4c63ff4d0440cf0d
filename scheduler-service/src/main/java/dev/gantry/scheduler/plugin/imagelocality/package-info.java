/** Images that nodes have already. */
@NullMarked
package dev.gantry.scheduler.plugin.imagelocality;

import org.jspecify.annotations.NullMarked;
