/**
 * Which pods must make way for a pod that fits nowhere: pod, snapshot and disruption budgets in, a
 * node with the fewest and least important victims out, or why there is none. By the rules of the
 * pod's own profile.
 *
 * <p>{@link dev.gantry.scheduler.preemption.VictimSearch} decides for one node; {@link
 * dev.gantry.scheduler.preemption.Preemption} chooses the node. Pods whose rules look at one node
 * at a time share the search per signature and priority.
 *
 * <p>Invariant: leaves the snapshot as it found it. Evicts no pod itself.
 *
 * <p>Compat: {@code pkg/scheduler/framework/preemption} and the DefaultPreemption plugin.
 */
@NullMarked
package dev.gantry.scheduler.preemption;

import org.jspecify.annotations.NullMarked;
