/**
 * Bindings out to Kafka.
 *
 * <p>Many are in flight at once; one that gets lost is decided again by the cycle.
 */
@NullMarked
package dev.gantry.scheduler.shell.bind;

import org.jspecify.annotations.NullMarked;
