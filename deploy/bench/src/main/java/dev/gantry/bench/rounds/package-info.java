/**
 * Measuring one cluster, or two in turns: clusters and a benchmark in, a report for each out.
 *
 * <p>Two clusters on one machine are never measured at once, and neither always comes first: what
 * else the machine does, and how it warms up, meets both alike.
 */
@NullMarked
package dev.gantry.bench.rounds;

import org.jspecify.annotations.NullMarked;
