/** LimitRanges: bounds and defaults for what pods and claims of a namespace ask for. */
@NullMarked
package dev.gantry.state.kind.core.limitrange;

import org.jspecify.annotations.NullMarked;
