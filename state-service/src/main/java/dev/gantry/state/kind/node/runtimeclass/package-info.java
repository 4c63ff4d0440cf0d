/** RuntimeClasses: a handler of the container runtime, what it costs and where it is. */
@NullMarked
package dev.gantry.state.kind.node.runtimeclass;

import org.jspecify.annotations.NullMarked;
