/**
 * Sends requests on over the network: to the state service with Spring Cloud Gateway's filters, and
 * elsewhere by itself, upgrades of the protocol among them.
 *
 * <p>Where to is decided before; here credentials are taken off and the connection is made.
 */
@NullMarked
package dev.gantry.gateway.shell.forward;

import org.jspecify.annotations.NullMarked;
