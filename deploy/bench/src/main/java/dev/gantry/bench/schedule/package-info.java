/** {@code bench schedule}: how many pods a second a cluster's scheduler places. */
@NullMarked
package dev.gantry.bench.schedule;

import org.jspecify.annotations.NullMarked;
