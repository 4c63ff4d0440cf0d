/** ReplicaSets: the number of pods, and the selector that never changes. */
@NullMarked
package dev.gantry.state.kind.apps.replicaset;

import org.jspecify.annotations.NullMarked;
