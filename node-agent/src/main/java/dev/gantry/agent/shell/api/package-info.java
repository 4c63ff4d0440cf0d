/**
 * The agent as a client of the API: its pods, what they refer to, its node and its lease.
 *
 * <p>Acts as the node's own identity. While the API is away everything here waits and tries again,
 * and the pods do not notice.
 */
@NullMarked
package dev.gantry.agent.shell.api;

import org.jspecify.annotations.NullMarked;
