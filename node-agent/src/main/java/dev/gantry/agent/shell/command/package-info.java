/**
 * Programs of the node, run to their end.
 *
 * <p>Knows how to run one and how it failed; not which, nor why.
 */
@NullMarked
package dev.gantry.agent.shell.command;

import org.jspecify.annotations.NullMarked;
