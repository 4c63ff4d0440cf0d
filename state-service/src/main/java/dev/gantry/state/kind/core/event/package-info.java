/** Events: what happened to an object; without rules but for the object's namespace. */
@NullMarked
package dev.gantry.state.kind.core.event;

import org.jspecify.annotations.NullMarked;
