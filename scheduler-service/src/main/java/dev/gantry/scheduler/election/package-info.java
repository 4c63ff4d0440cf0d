/**
 * Which replica decides: the Lease as last seen and the time in, the next move out.
 *
 * <p>Invariant: a lease is taken only where it is released, or where its holder has not renewed it
 * for as long as it said. Who holds it goes on until somebody else has it.
 *
 * <p>Two who think that they lead do no harm: the state service leaves out what an older term
 * sends.
 *
 * <p>Compat: {@code client-go/tools/leaderelection}, but a released lease is taken at once.
 */
@NullMarked
package dev.gantry.scheduler.election;

import org.jspecify.annotations.NullMarked;
