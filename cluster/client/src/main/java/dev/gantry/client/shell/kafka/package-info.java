/**
 * How services reach Kafka.
 *
 * <p>Properties only; who reads and writes is elsewhere.
 */
@NullMarked
package dev.gantry.client.shell.kafka;

import org.jspecify.annotations.NullMarked;
