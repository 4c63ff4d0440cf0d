/**
 * The HTTPS port of a state service that runs in a process of its own.
 *
 * <p>Only a gateway may come in: it proves itself with its certificate, and says on whose behalf it
 * asks. No request is judged here.
 */
@NullMarked
package dev.gantry.state.shell.http;

import org.jspecify.annotations.NullMarked;
