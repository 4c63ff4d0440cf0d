/**
 * What a pod needs next: spec × observed containers × now → actions.
 *
 * <p>Nothing in here touches a runtime, a clock or a file; the worker in the shell performs the
 * actions and comes back with what it then sees.
 */
@NullMarked
package dev.gantry.agent.pod;

import org.jspecify.annotations.NullMarked;
