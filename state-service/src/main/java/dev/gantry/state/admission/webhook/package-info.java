/**
 * Webhooks: which of them a request is for, what they are asked, and what their answers mean. A
 * request and the answers so far in; admitted, refused, or calls to make out.
 *
 * <p>Invariant: the same request and the same configurations give the same calls, so that an answer
 * is found again when the request is decided anew.
 *
 * <p>Not here: connections, TLS and timeouts ({@code state.shell.webhook}).
 */
@NullMarked
package dev.gantry.state.admission.webhook;

import org.jspecify.annotations.NullMarked;
