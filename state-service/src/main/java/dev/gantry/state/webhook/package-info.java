/**
 * Calls to webhooks as values: where one listens, what it is sent, what became of it. Who is asked
 * what, admission and the conversion of custom resources say; the calls are made by a shell.
 */
@NullMarked
package dev.gantry.state.webhook;

import org.jspecify.annotations.NullMarked;
