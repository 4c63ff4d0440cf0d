/**
 * What must go when a node runs out of memory, disk or process ids.
 *
 * <p>Measurements and pods in; which pod is evicted, which images are removed, and which pressure
 * the node has, out. Measuring and acting is the shell's business.
 */
@NullMarked
package dev.gantry.agent.eviction;

import org.jspecify.annotations.NullMarked;
