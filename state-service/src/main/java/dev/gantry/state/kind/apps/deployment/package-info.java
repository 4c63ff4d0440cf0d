/** Deployments: the rollout's limits, and the selector that never changes. */
@NullMarked
package dev.gantry.state.kind.apps.deployment;

import org.jspecify.annotations.NullMarked;
