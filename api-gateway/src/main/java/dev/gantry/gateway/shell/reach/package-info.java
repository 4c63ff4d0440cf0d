/**
 * Connections out of the control plane: to agents, whose certificates must name their node, and to
 * programs of users, which are shown nothing and believed nothing.
 *
 * <p>Where to is decided before, by literal address: no name is ever looked up here.
 */
@NullMarked
package dev.gantry.gateway.shell.reach;

import org.jspecify.annotations.NullMarked;
