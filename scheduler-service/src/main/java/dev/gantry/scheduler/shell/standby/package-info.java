/**
 * One scheduler decides, others stand by: the Lease through the API, and what an earlier leader has
 * sent but state has not taken in yet.
 *
 * <p>A standby hears all that the leader hears, and what the leader says, so it takes over with a
 * snapshot that is current.
 */
@NullMarked
package dev.gantry.scheduler.shell.standby;

import org.jspecify.annotations.NullMarked;
