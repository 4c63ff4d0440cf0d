/**
 * What facts at machine rate do to the state: bindings of the scheduler, reports of the agents.
 *
 * <p>One message and the objects it speaks of in, one verdict out. Invariant: the same message
 * twice has the effect of one; a message about another life of a pod has none.
 */
@NullMarked
package dev.gantry.state.ingest;

import org.jspecify.annotations.NullMarked;
