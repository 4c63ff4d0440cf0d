/**
 * What the agent says to whoever looks after it: a line where something changes, and none where it
 * goes on failing as before.
 */
@NullMarked
package dev.gantry.agent.shell.log;

import org.jspecify.annotations.NullMarked;
