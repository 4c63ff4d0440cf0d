/**
 * The front door: who asks, whether they may, and where it goes.
 *
 * <p>A request comes in over TLS, is authenticated, authorized and admitted, and is then handed to
 * the state service, to a node's agent, or answered here. Nothing durable lives in this service.
 */
@NullMarked
package dev.gantry.gateway;

import org.jspecify.annotations.NullMarked;
