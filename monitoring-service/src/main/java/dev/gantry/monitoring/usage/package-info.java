/**
 * What nodes and containers use: cumulative samples in, rates out.
 *
 * <p>The last sample of each node and the rates since the one before are kept, nothing older, and
 * nothing outside memory.
 */
@NullMarked
package dev.gantry.monitoring.usage;

import org.jspecify.annotations.NullMarked;
