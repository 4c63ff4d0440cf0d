/**
 * The scheduler's life: how it is put together, and the one thread that owns the cycle.
 *
 * <p>Inputs come in over a bounded inbox, bindings leave over Kafka.
 */
@NullMarked
package dev.gantry.scheduler.shell;

import org.jspecify.annotations.NullMarked;
