/**
 * The rules of a container, of whatever sort: what it runs, sees, mounts, may do and may use.
 *
 * <p>What they must know of the rest of the pod is its {@link
 * dev.gantry.state.kind.core.pod.container.PodContext}.
 *
 * <p>Compat: {@code validateContainers} and what it calls.
 */
@NullMarked
package dev.gantry.state.kind.core.pod.container;

import org.jspecify.annotations.NullMarked;
