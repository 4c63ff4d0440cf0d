/**
 * All that the scheduling cycle knows, behind verbs: nodes and pods come in, the queue and the
 * space on nodes change, pods that could use what changed are woken.
 *
 * <p>Invariant: a pod takes space on at most one node; space is given back only where those that
 * wait for it are woken.
 *
 * <p>Does not decide where a pod goes.
 */
@NullMarked
package dev.gantry.scheduler.cycle.state;

import org.jspecify.annotations.NullMarked;
