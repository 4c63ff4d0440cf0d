/**
 * Which key is worked on next, and when.
 *
 * <p>Pure: one owner, time as an argument.
 */
@NullMarked
package dev.gantry.client.queue;

import org.jspecify.annotations.NullMarked;
