/**
 * Which cluster IPs and node ports a Service gets: its spec and what is taken in, the spec
 * completed or field errors out.
 *
 * <p>Invariant: an address or port is granted only if nobody holds it; the caller keeps the ledger
 * and lets one decision at a time look at it. Chance comes in as a seed.
 */
@NullMarked
package dev.gantry.state.allocation;

import org.jspecify.annotations.NullMarked;
