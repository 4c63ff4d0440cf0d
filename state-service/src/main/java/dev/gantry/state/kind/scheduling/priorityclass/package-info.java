/** PriorityClasses: a number that never changes. */
@NullMarked
package dev.gantry.state.kind.scheduling.priorityclass;

import org.jspecify.annotations.NullMarked;
