/**
 * Binds PersistentVolumeClaims to PersistentVolumes, and says what becomes of a volume whose claim
 * is gone.
 *
 * <pre>
 *   claim:  Pending ──both sides refer to each other──► Bound ──volume gone or taken──► Lost
 *   volume: Available ──► Bound ──claim gone──► Released ──► (deleted) | Failed | kept as it is
 * </pre>
 *
 * <p>A claim or volume with what it refers to in, one step out: a binding is first written into the
 * volume, then into the claim, then into both statuses. Invariant: a volume belongs to the claim
 * whose uid its {@code claimRef} holds, so of two claims that want one volume one gets it.
 *
 * <p>Compat: pkg/controller/volume/persistentvolume. Volumes are provisioned and deleted by
 * external provisioners alone; a class that waits for its first consumer is the scheduler's matter.
 */
@NullMarked
package dev.gantry.controller.storage.persistentvolume;

import org.jspecify.annotations.NullMarked;
