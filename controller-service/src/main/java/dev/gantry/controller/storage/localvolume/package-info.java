/**
 * Provisions local volumes: a claim whose class names this provisioner, and the node that the
 * scheduler chose for its first consumer in, a PersistentVolume that only pods on that node can use
 * out.
 *
 * <pre>
 *   claim with a selected node ──► volume, kept for the claim ──► (bound by its own controller)
 *   bound claim that asks for more ──► volume and claim say that they hold it
 *   volume released, to be deleted ──► deletion asked for ──► folder deleted ──► finalizer off: gone
 * </pre>
 *
 * <p>The folder itself is made by the node's agent when a pod first mounts it. Invariant: a folder
 * is deleted only after the deletion of its volume is certain, and a volume whose folder could not
 * be deleted stays until it is, unless its node is no more.
 *
 * <p>Compat: what sig-storage's external-provisioner and external-resizer do for a driver of local
 * volumes.
 */
@NullMarked
package dev.gantry.controller.storage.localvolume;

import org.jspecify.annotations.NullMarked;
