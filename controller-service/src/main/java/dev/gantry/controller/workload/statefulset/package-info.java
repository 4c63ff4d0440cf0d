/**
 * Keeps the pods of a StatefulSet: each with a number, a name, claims of its own, and a turn.
 *
 * <p>A {@link dev.gantry.controller.workload.statefulset.StatefulSetView} in; claims, pods and
 * revisions to make or to delete, and the status out.
 *
 * <p>Invariant: a pod is made only when no other has its name, so that there are never two of one
 * identity. In order, a pod is made when all before it are available, and goes when all after it
 * are gone.
 *
 * <p>Compat: pkg/controller/statefulset of Kubernetes.
 */
@NullMarked
package dev.gantry.controller.workload.statefulset;

import org.jspecify.annotations.NullMarked;
