/**
 * Keeps the gateway from taking on more than it can do: seats, waiting, deadlines.
 *
 * <p>Who goes first is the core's decision; waiting is done here.
 */
@NullMarked
package dev.gantry.gateway.shell.limit;

import org.jspecify.annotations.NullMarked;
