/**
 * What would happen if.
 *
 * <p>Cluster, manifests, new nodes and nodes to drain in, {@link dev.gantry.cli.plan.Scenario} out:
 * which pods there would be. {@link dev.gantry.cli.plan.SchedulingSimulation} lets the scheduler's
 * own cycle decide on them and takes it at its word; {@link dev.gantry.cli.plan.PlanReport} is what
 * came of it.
 *
 * <p>Nothing leaves the process: bindings are carried out in a copy.
 */
@NullMarked
package dev.gantry.cli.plan;

import org.jspecify.annotations.NullMarked;
