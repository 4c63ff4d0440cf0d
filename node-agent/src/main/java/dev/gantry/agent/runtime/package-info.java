/**
 * What a container runtime is to the agent, as one interface: sandboxes, containers, images,
 * streams and events.
 *
 * <p>Data in: configurations; data out: what the runtime has. The values are ours and pure; the
 * adapters that fill them live in the shell. Labels that make a pod recognisable after a restart of
 * the agent are named in {@link dev.gantry.agent.runtime.container.RuntimeLabels}.
 */
@NullMarked
package dev.gantry.agent.runtime;

import org.jspecify.annotations.NullMarked;
