/** Sandboxes, which are what a pod's containers share: how to make one, and what it is. */
@NullMarked
package dev.gantry.agent.runtime.sandbox;

import org.jspecify.annotations.NullMarked;
