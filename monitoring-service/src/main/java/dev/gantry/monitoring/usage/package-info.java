/**
 * What nodes and containers use: cumulative samples in, rates out.
 *
 * <p>The last two samples of each node are kept, nothing older.
 */
@NullMarked
package dev.gantry.monitoring.usage;

import org.jspecify.annotations.NullMarked;
