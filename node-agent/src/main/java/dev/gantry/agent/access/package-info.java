/**
 * What a client of the node's HTTPS port has to be allowed for what it asks: method and path in,
 * verbs and subresources of the node out.
 *
 * <p>Who the client is and what it may do, the API knows.
 */
@NullMarked
package dev.gantry.agent.access;

import org.jspecify.annotations.NullMarked;
