/**
 * Calls to webhooks: what to ask and how long comes in, what came back goes out. Decides nothing.
 *
 * <p>A thread waits for the calls of one request, which have one deadline; no call outlives it.
 */
@NullMarked
package dev.gantry.state.shell.webhook;

import org.jspecify.annotations.NullMarked;
