/**
 * A pod's volumes as folders and files of the node.
 *
 * <p>Written volumes change all at once: readers see the old files or the new ones. What can be
 * mounted is mounted here; containers get bind mounts from the runtime.
 */
@NullMarked
package dev.gantry.agent.shell.volume;

import org.jspecify.annotations.NullMarked;
