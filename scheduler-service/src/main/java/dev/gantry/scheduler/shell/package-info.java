/**
 * The scheduler's life: configuration, wiring, and the one thread that owns the cycle.
 *
 * <p>Happenings come in over a bounded inbox, bindings leave over Kafka.
 */
@NullMarked
package dev.gantry.scheduler.shell;

import org.jspecify.annotations.NullMarked;
