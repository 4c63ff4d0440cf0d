/**
 * Whether the gateway is well, in words: outcomes of checks in, the text of a probe out.
 *
 * <p>Runs no check itself.
 */
@NullMarked
package dev.gantry.gateway.health;

import org.jspecify.annotations.NullMarked;
