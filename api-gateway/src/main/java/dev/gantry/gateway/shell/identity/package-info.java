/**
 * Finds out who asks: by certificate, by token, by what a caller may pretend to be.
 *
 * <p>Checks signatures and looks up what tokens are bound to; what they mean is the core's matter.
 */
@NullMarked
package dev.gantry.gateway.shell.identity;

import org.jspecify.annotations.NullMarked;
