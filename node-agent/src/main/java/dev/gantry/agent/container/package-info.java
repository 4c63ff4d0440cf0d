/**
 * A pod's spec as configurations for the runtime: sandbox, container, environment, limits, names.
 *
 * <p>Spec, node and fetched objects in; {@code SandboxConfig} and {@code ContainerConfig} out. What
 * cannot be built is told as a problem in words, not thrown. Files are the shell's business; their
 * content is decided here.
 */
@NullMarked
package dev.gantry.agent.container;

import org.jspecify.annotations.NullMarked;
