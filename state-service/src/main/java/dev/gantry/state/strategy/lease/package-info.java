/** Leases: who holds something, and until when. */
@NullMarked
package dev.gantry.state.strategy.lease;

import org.jspecify.annotations.NullMarked;
