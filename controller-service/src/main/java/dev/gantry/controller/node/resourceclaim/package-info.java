/**
 * Resource claims of pods: made from their templates, named in the pod's status, and given back
 * when nobody needs them any more.
 *
 * <p>A pod with its claims in, claims and a pod status out; a claim with its consumers in, fewer
 * reservations, no allocation or a deletion out. Invariant: a reservation goes only when the API
 * itself says that its pod is finished or gone, and an allocation only when no reservation is left.
 *
 * <p>Compat: pkg/controller/resourceclaim. Not here: allocating, which is the scheduler's matter.
 */
@NullMarked
package dev.gantry.controller.node.resourceclaim;

import org.jspecify.annotations.NullMarked;
