/**
 * The amounts that pods ask for: whether they are free on a node, and how full and how even the
 * node would be with the pod.
 *
 * <p>A profile has one score for how full (NodeResourcesFit) and one for how even
 * (NodeResourcesBalancedAllocation) a node is. Where nodes are filled one after another these are
 * {@link dev.gantry.scheduler.plugin.noderesources.QuarterMostAllocated} and {@link
 * dev.gantry.scheduler.plugin.noderesources.BalanceGain}, which upstream does not have.
 */
@NullMarked
package dev.gantry.scheduler.plugin.noderesources;

import org.jspecify.annotations.NullMarked;
