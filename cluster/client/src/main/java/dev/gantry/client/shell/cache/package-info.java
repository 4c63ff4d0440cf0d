/**
 * The current objects as the feed told them.
 *
 * <p>Written by the feed's thread alone, read by any.
 */
@NullMarked
package dev.gantry.client.shell.cache;

import org.jspecify.annotations.NullMarked;
