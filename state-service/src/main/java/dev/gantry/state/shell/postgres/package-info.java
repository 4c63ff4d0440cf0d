/**
 * The state log in PostgreSQL: one committer, the write lease, retention. What has to be sealed is
 * sealed beside it, in {@code shell.encryption}.
 *
 * <p>Proposals in, durable and published batches out. Invariant: what was acknowledged is fsynced;
 * what is visible is acknowledged or about to be. Only this package and the history read or write
 * the schema {@code gantry}.
 */
@NullMarked
package dev.gantry.state.shell.postgres;

import org.jspecify.annotations.NullMarked;
