/**
 * Tells of a claim that asks for more than its volume holds that somebody else has to expand it.
 *
 * <p>A bound claim and its volume in, an event out; the resizer of the volume's driver does the
 * rest. Deliberately absent: the annotation {@code volume.kubernetes.io/storage-resizer}, which
 * only volumes of the plugins get that became CSI drivers.
 *
 * <p>Compat: pkg/controller/volume/expand, of which nothing else is left.
 */
@NullMarked
package dev.gantry.controller.storage.volumeexpand;

import org.jspecify.annotations.NullMarked;
