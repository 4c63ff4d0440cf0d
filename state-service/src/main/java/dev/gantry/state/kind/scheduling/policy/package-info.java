/** What PodGroups and the templates of Workloads have in common: how a group is scheduled. */
@NullMarked
package dev.gantry.state.kind.scheduling.policy;

import org.jspecify.annotations.NullMarked;
