/**
 * What a batch of waiting changes becomes: which are stale, which numbers the others get, and the
 * memory after them.
 *
 * <p>Groups in, one batch out. Invariant: numbers grow within and across batches, and a number is
 * never given twice; a group is taken whole or not at all. Whether the batch becomes durable is the
 * shell's matter: until it is, nobody sees it.
 */
@NullMarked
package dev.gantry.state.commit;

import org.jspecify.annotations.NullMarked;
