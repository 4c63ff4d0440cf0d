/**
 * The world as the change feed tells it.
 *
 * <p>Written by the feed's thread, read by all.
 */
@NullMarked
package dev.gantry.controller.shell.observe;

import org.jspecify.annotations.NullMarked;
