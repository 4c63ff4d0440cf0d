/**
 * The node as a machine: what it is, how it does, and its signs of life.
 *
 * <p>Reads /proc, /sys and the runtime; decides nothing.
 */
@NullMarked
package dev.gantry.agent.shell.node;

import org.jspecify.annotations.NullMarked;
