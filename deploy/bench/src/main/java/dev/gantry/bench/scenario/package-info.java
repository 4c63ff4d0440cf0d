/**
 * {@code bench workloads --scenario}: what controllers do with thousands of objects: a scenario and
 * its size in, a rate out.
 *
 * <p>Pods are placed by the cluster's scheduler on nodes that are simulated: {@link
 * dev.gantry.bench.scenario.SimulatedKubelet} says for each pod what a kubelet would say of it,
 * over the API, in all clusters alike. Time ends with the watch event that shows the last of it.
 */
@NullMarked
package dev.gantry.bench.scenario;

import org.jspecify.annotations.NullMarked;
