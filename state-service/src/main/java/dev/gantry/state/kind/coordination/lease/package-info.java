/** Leases: who holds something, and until when. */
@NullMarked
package dev.gantry.state.kind.coordination.lease;

import org.jspecify.annotations.NullMarked;
