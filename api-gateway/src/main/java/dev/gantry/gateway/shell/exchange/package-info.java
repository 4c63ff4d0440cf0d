/**
 * A request and what becomes of it, as the parts of the gateway hand them to each other.
 *
 * <p>Reads and makes values; nothing is sent from here.
 */
@NullMarked
package dev.gantry.gateway.shell.exchange;

import org.jspecify.annotations.NullMarked;
