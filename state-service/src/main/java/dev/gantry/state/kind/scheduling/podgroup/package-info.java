/** PodGroups: pods that are scheduled together, and how that stands. */
@NullMarked
package dev.gantry.state.kind.scheduling.podgroup;

import org.jspecify.annotations.NullMarked;
