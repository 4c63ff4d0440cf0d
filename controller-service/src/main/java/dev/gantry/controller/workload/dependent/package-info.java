/** Workloads and what they have below them: whose it is, and what is told of pods. */
@NullMarked
package dev.gantry.controller.workload.dependent;

import org.jspecify.annotations.NullMarked;
