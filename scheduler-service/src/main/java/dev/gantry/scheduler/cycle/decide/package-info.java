/**
 * One decision: a pod, or the pods of a gang, and the state in; bindings out, and the state as if
 * they had been committed.
 */
@NullMarked
package dev.gantry.scheduler.cycle.decide;

import org.jspecify.annotations.NullMarked;
