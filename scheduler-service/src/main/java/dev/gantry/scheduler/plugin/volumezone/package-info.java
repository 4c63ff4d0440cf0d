/** Zone and region labels of bound volumes. */
@NullMarked
package dev.gantry.scheduler.plugin.volumezone;

import org.jspecify.annotations.NullMarked;
