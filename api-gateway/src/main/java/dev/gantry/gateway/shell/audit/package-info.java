/**
 * Writes the audit log: one line an event, in a file that is rotated.
 *
 * <p>Never holds a request up: when the disk is slower than the requests, entries are dropped and
 * their number is logged.
 */
@NullMarked
package dev.gantry.gateway.shell.audit;

import org.jspecify.annotations.NullMarked;
