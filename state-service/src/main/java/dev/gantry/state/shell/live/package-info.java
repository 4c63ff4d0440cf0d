/**
 * What readers see now: the memory, and rings of recent events with many waiting watchers.
 *
 * <p>Durable batches in, snapshots and cursors out. Readers take no lock but a ring's, for a
 * moment; nobody waits for a slow watcher. Makes nothing durable itself.
 */
@NullMarked
package dev.gantry.state.shell.live;

import org.jspecify.annotations.NullMarked;
