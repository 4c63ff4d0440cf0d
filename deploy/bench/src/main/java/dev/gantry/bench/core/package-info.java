/**
 * The scheduler's algorithm alone: no cluster, no network, one thread. Says how many pods it places
 * per second, how long one waits, and what nodes and pods cost in memory.
 */
@NullMarked
package dev.gantry.bench.core;

import org.jspecify.annotations.NullMarked;
