/**
 * What the gateway itself asks the state service for, and the way there over the network.
 *
 * <p>Asks as {@code system:apiserver}; never on behalf of a client.
 */
@NullMarked
package dev.gantry.gateway.shell.state;

import org.jspecify.annotations.NullMarked;
