/**
 * The moves that {@link dev.gantry.scheduler.rebalance.Planner} wants, carried out through the
 * Eviction API.
 *
 * <p>A thread of its own: scheduling waits for none of it. Whether a budget allows an eviction is
 * the API's word; a refusal is no fault.
 */
@NullMarked
package dev.gantry.scheduler.shell.rebalance;

import org.jspecify.annotations.NullMarked;
