/**
 * The real cores of controllers, scheduler, monitoring and state's deciders in one thread, over a
 * bus that delays and repeats, with nodes that crash and services that restart; all from one seed.
 *
 * <p>What is simulated is only what surrounds the cores: the log, the bus, the agents, the clock.
 */
@NullMarked
package dev.gantry.simulation;

import org.jspecify.annotations.NullMarked;
