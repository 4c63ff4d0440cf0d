/**
 * Rolls a Deployment out over its ReplicaSets.
 *
 * <p>A {@link dev.gantry.controller.workload.deployment.DeploymentView} in; a new ReplicaSet, other
 * sizes of those that are there, and the status out.
 *
 * <p>Invariant: a rolling update never wants more than replicas + maxSurge pods, and never takes
 * away an available pod that would leave fewer than replicas - maxUnavailable.
 *
 * <p>Compat: pkg/controller/deployment of Kubernetes.
 */
@NullMarked
package dev.gantry.controller.workload.deployment;

import org.jspecify.annotations.NullMarked;
