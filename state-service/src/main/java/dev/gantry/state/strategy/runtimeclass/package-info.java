/** RuntimeClasses: a handler of the container runtime, what it costs and where it is. */
@NullMarked
package dev.gantry.state.strategy.runtimeclass;

import org.jspecify.annotations.NullMarked;
