/**
 * What a write means: a command and the stored object in, one {@link
 * dev.gantry.state.registry.Decision} out.
 *
 * <p>Decides names, uids, timestamps, generations, preconditions, finalizers and graceful deletion
 * for all kinds alike; what is special about a kind is its strategy's say.
 *
 * <p>Invariant: a decision depends on its arguments only. Time, uids and name suffixes come in with
 * the {@link dev.gantry.state.registry.DecisionContext}; nothing here commits, waits or looks
 * anything up.
 */
@NullMarked
package dev.gantry.state.registry;

import org.jspecify.annotations.NullMarked;
