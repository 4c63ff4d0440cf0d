/**
 * The node's HTTPS port: logs, exec, attach and port-forward, and what the agent knows about pods
 * and usage.
 *
 * <p>One virtual thread per connection, blocking all the way: a client that reads slowly is written
 * to slowly. Netty's codecs read and write HTTP and WebSocket frames, without any of its threads.
 * The gateway is known by its certificate; other clients show a token, and the API says what they
 * may ask. Health is told to everybody.
 */
@NullMarked
package dev.gantry.agent.shell.http;

import org.jspecify.annotations.NullMarked;
