/** Containers: how to make one, what the runtime tells of it, and by which labels it is ours. */
@NullMarked
package dev.gantry.agent.runtime.container;

import org.jspecify.annotations.NullMarked;
