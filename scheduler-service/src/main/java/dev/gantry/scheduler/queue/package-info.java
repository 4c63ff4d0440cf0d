/**
 * Which pod is tried next: sightings and failures in, the next pod out.
 *
 * <p>Highest priority first, then the longest waiting. A pod that fits nowhere is unschedulable and
 * costs nothing until something happens that could help it.
 *
 * <p>Pure but mutable: one owner, time as an argument. Knows nothing of nodes.
 */
@NullMarked
package dev.gantry.scheduler.queue;

import org.jspecify.annotations.NullMarked;
