/**
 * Has CSI volumes attached to the nodes whose pods need them, and detached where none does.
 *
 * <pre>
 *   pod needs it ──► VolumeAttachment made ──► attached by the driver's attacher ──► node lists it
 *   pod is gone, volume not in use ──► node lists it no more ──► VolumeAttachment deleted
 * </pre>
 *
 * <p>One volume with all nodes that have to do with it in; VolumeAttachments, entries of {@code
 * node.status.volumesAttached} and events about pods out. All writes for a volume are made under
 * one key, one plan after the other. Invariants: a volume that only one node may have is never
 * handed to a second one while there is a VolumeAttachment for the first; a node lists nothing that
 * is about to be detached, or is already; what a healthy node reports as in use stays attached.
 *
 * <p>Deliberately absent: the plugins that became CSI drivers (their volumes have no {@code csi}
 * source), and VolumeAttachments under names that are not given here.
 *
 * <p>Compat: pkg/controller/volume/attachdetach and pkg/volume/csi. No node has to ask for it by
 * {@code volumes.kubernetes.io/controller-managed-attach-detach}: nobody else attaches CSI volumes.
 */
@NullMarked
package dev.gantry.controller.storage.attachdetach;

import org.jspecify.annotations.NullMarked;
