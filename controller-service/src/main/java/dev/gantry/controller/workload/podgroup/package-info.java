/**
 * Keeps PodGroups from vanishing under their pods: what a group says of how many pods are placed
 * together holds for as long as one of them may yet be placed.
 *
 * <p>A group and the pods that name it in; its finalizer added or removed out.
 *
 * <p>Compat: pkg/controller/scheduling/podgroupprotection.
 */
@NullMarked
package dev.gantry.controller.workload.podgroup;

import org.jspecify.annotations.NullMarked;
