/** Heartbeats, usage and our own echo over Kafka. */
@NullMarked
package dev.gantry.monitoring.shell.kafka;

import org.jspecify.annotations.NullMarked;
