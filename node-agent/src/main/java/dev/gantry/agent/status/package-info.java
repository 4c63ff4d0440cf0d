/**
 * What the agent reports of a pod: its view as a {@code PodStatus}; and what an earlier report
 * still tells of containers that are no more.
 *
 * <p>View in, tree out. Transition times move only with the status they stand beside, so the same
 * view always gives the same tree, and only a change is worth a report. Conditions of others
 * (PodScheduled, readiness gates) are not ours to write.
 */
@NullMarked
package dev.gantry.agent.status;

import org.jspecify.annotations.NullMarked;
