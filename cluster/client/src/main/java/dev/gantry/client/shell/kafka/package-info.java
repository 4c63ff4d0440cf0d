/**
 * How services reach Kafka.
 *
 * <p>Properties, the life of a consumer, and a reader of topics whose past does not matter.
 */
@NullMarked
package dev.gantry.client.shell.kafka;

import org.jspecify.annotations.NullMarked;
