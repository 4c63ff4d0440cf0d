/**
 * What tests of the agent run against: a real containerd, and hand-written edges.
 *
 * <p>Everything here cleans up after itself.
 */
@NullMarked
package dev.gantry.agent.testing;

import org.jspecify.annotations.NullMarked;
