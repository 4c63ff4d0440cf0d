/**
 * The paths that the gateway answers itself: version, probes and metrics.
 *
 * <p>Runs the checks; their words are the core's.
 */
@NullMarked
package dev.gantry.gateway.shell.health;

import org.jspecify.annotations.NullMarked;
