/** Deployments: the rollout's limits, and the selector that never changes. */
@NullMarked
package dev.gantry.state.strategy.deployment;

import org.jspecify.annotations.NullMarked;
