/**
 * Says who uses volumes, claims and classes of volumes: volumes that are bound, claims that pods
 * use, and classes that either names are protected.
 *
 * <p>Compat: pkg/controller/volume/pvprotection, pvcprotection and vacprotection.
 */
@NullMarked
package dev.gantry.controller.storage.volumeprotection;

import org.jspecify.annotations.NullMarked;
