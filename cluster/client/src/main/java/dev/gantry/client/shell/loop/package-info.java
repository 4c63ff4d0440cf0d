/**
 * The life of a thread.
 *
 * <p>Faults start it again, bugs halt the process.
 */
@NullMarked
package dev.gantry.client.shell.loop;

import org.jspecify.annotations.NullMarked;
