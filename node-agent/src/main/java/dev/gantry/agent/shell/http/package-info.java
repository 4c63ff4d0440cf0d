/**
 * The node's HTTPS port: logs, exec, attach and port-forward for the gateway, and what the agent
 * knows about pods and usage.
 *
 * <p>One virtual thread per connection, blocking all the way: who reads slowly is written to
 * slowly. Only the gateway's certificate is let in, everybody may ask for health.
 */
@NullMarked
package dev.gantry.agent.shell.http;

import org.jspecify.annotations.NullMarked;
