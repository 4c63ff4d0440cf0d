/**
 * Keeps as many pods as a ReplicaSet wants, or a ReplicationController, which is the same by an
 * older name.
 *
 * <p>A {@link dev.gantry.controller.workload.replicaset.ReplicaSetView} in; adoptions, releases,
 * creations or deletions, and the status out.
 *
 * <p>Invariant: never deletes more pods than there are too many, and never creates and deletes in
 * one plan.
 *
 * <p>Compat: pkg/controller/replicaset and pkg/controller/replication of Kubernetes.
 */
@NullMarked
package dev.gantry.controller.workload.replicaset;

import org.jspecify.annotations.NullMarked;
