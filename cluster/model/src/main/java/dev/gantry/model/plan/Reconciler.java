package dev.gantry.model.plan;

import java.time.Instant;

/**
 * Drives one object towards what its owner wants: observe, diff, act, and only the diff is here.
 *
 * @param <V> the view: all that the decision may see
 * @param <A> the actions it may want
 */
public interface Reconciler<V, A> {
    /** Pure. Called again with the world as it then is, so it never waits and never remembers. */
    Plan<A> reconcile(V view, Instant now);
}
