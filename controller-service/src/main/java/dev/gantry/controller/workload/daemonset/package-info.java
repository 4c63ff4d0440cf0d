/**
 * Keeps a pod of a DaemonSet on each node that suits it.
 *
 * <p>A {@link dev.gantry.controller.workload.daemonset.DaemonSetView} in; pods to make for a node
 * or to delete, revisions, and the status out. Which node a pod is for stands in its affinity; that
 * it gets there is the scheduler's work.
 *
 * <p>Invariant: a rolling update makes no more nodes unavailable, and no more nodes have two pods,
 * than the strategy allows.
 *
 * <p>Compat: pkg/controller/daemon of Kubernetes.
 */
@NullMarked
package dev.gantry.controller.workload.daemonset;

import org.jspecify.annotations.NullMarked;
