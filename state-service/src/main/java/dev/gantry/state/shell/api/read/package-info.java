/**
 * Get and list: waits for the revision that the client has heard of, and finds the objects as they
 * are now, or were at a revision.
 */
@NullMarked
package dev.gantry.state.shell.api.read;

import org.jspecify.annotations.NullMarked;
