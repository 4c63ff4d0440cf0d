/**
 * Starts the gateway and wires it by hand.
 *
 * <p>The only package that knows every part.
 */
@NullMarked
package dev.gantry.gateway.shell;

import org.jspecify.annotations.NullMarked;
