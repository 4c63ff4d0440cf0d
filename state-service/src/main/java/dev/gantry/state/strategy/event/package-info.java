/** Events: what happened to an object; without rules but for the object's namespace. */
@NullMarked
package dev.gantry.state.strategy.event;

import org.jspecify.annotations.NullMarked;
