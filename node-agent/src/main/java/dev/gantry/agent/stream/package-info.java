/**
 * What is said on the node's HTTPS port: requests, WebSocket frames, channels of exec and attach,
 * lines of container logs, the summary of usage.
 *
 * <p>Bytes in, values out, and back. No sockets, no files, no threads.
 */
@NullMarked
package dev.gantry.agent.stream;

import org.jspecify.annotations.NullMarked;
