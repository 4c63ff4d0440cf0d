/**
 * What would make a pod fit: the smallest changes of the pod, of a node, or of what runs there.
 *
 * <p>A what-if cluster, a pod and a node's rejections in, remedies out. Each rule of the scheduler
 * has some remedies of its own; {@link dev.gantry.cli.remedy.RemedySearch} combines them for nodes
 * where several rules object.
 *
 * <p>Invariant: what is suggested was tried: with all of its remedies the pod fits on the node,
 * with one of them left out it does not.
 */
@NullMarked
package dev.gantry.cli.remedy;

import org.jspecify.annotations.NullMarked;
