/**
 * The agent as a process: configuration, construction, start and stop.
 *
 * <p>{@link dev.gantry.agent.shell.Agent} is the one place where parts are put together.
 */
@NullMarked
package dev.gantry.agent.shell;

import org.jspecify.annotations.NullMarked;
