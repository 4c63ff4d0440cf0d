/**
 * Which replica leads: the Lease as last seen and the time in, the next move out.
 *
 * <p>Invariant: a lease is taken only where it is released, or where its holder has not renewed it
 * for as long as it said, or has not answered a question that it said it would answer. Its holder
 * goes on until another replica has it.
 *
 * <p>Two replicas that think that they lead do no harm: what they write has preconditions, and of
 * two schedulers the state service ignores what the older term sends.
 *
 * <p>Compat: {@code client-go/tools/leaderelection}, but a released lease is taken at once, and a
 * leader renews when it is asked ({@code docs/decisions/0051}).
 */
@NullMarked
package dev.gantry.client.election;

import org.jspecify.annotations.NullMarked;
