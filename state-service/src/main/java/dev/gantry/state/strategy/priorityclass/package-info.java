/** PriorityClasses: a number that never changes. */
@NullMarked
package dev.gantry.state.strategy.priorityclass;

import org.jspecify.annotations.NullMarked;
