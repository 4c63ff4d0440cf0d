/**
 * Performs what the planner wants, one worker for each pod.
 *
 * <p>A worker's step is short: look at the runtime, plan, set things going, report. What takes time
 * (pulls, starts, hooks, ends) runs on threads of its own and wakes the worker when it is done. A
 * step never runs twice at once for the same pod. Nothing here is stopped because the agent stops.
 */
@NullMarked
package dev.gantry.agent.shell.worker;

import org.jspecify.annotations.NullMarked;
