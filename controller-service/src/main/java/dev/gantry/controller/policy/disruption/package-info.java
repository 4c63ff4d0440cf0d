/**
 * How many pods of a PodDisruptionBudget may be evicted right now.
 *
 * <p>A budget, its pods and their owners in; its status out. Every doubt ends in fewer disruptions:
 * pods that were evicted but still stand count as gone, and where the expected number of pods
 * cannot be known, none is allowed.
 *
 * <p>Compat: pkg/controller/disruption of Kubernetes. Not here: refusing the eviction, which the
 * state service does while it takes one off what this allows.
 */
@NullMarked
package dev.gantry.controller.policy.disruption;

import org.jspecify.annotations.NullMarked;
