/** Workloads: the templates of which PodGroups are made. */
@NullMarked
package dev.gantry.state.kind.scheduling.workload;

import org.jspecify.annotations.NullMarked;
