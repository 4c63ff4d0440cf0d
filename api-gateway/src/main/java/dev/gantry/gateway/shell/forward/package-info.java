/**
 * Sends requests on over the network with Spring Cloud Gateway's filters: HTTP and WebSocket.
 *
 * <p>Where to is decided before; here credentials are taken off and the connection is made.
 */
@NullMarked
package dev.gantry.gateway.shell.forward;

import org.jspecify.annotations.NullMarked;
