/**
 * Events out to the API, on a thread of their own.
 *
 * <p>Nobody waits for an event, and one that cannot be written is dropped.
 */
@NullMarked
package dev.gantry.client.shell.event;

import org.jspecify.annotations.NullMarked;
