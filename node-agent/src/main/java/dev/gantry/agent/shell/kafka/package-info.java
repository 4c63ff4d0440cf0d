/**
 * The agent's Kafka side: wake-ups in; statuses, heartbeats and usage out.
 *
 * <p>Statuses are kept and tried until Kafka has them, in order; heartbeats and usage are worth
 * nothing later, so they are sent once.
 */
@NullMarked
package dev.gantry.agent.shell.kafka;

import org.jspecify.annotations.NullMarked;
