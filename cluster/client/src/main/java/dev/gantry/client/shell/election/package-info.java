/**
 * Takes part in an election over a Lease.
 *
 * <p>What is to be done next is decided in {@link dev.gantry.client.election.Election}.
 */
@NullMarked
package dev.gantry.client.shell.election;

import org.jspecify.annotations.NullMarked;
