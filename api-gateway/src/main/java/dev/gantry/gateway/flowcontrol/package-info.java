/**
 * Who waits for whom when there is more to do than can be done at once.
 *
 * <p>Flow schemas lead a request to a priority level; each level has seats for reads and for
 * writes, and a queue per user that are served in turn, so that one user's flood delays that user.
 * Compat: upstream's priority and fairness, without borrowing between levels.
 *
 * <p>Knows no threads and no clock: the shell waits, and tells when somebody leaves.
 */
@NullMarked
package dev.gantry.gateway.flowcontrol;

import org.jspecify.annotations.NullMarked;
