/**
 * Kafka and the state: committed changes out, bindings and reports in.
 *
 * <p>Out: exactly the committed revisions, in order, from a position that is saved behind the
 * broker's confirmation. In: an offset is committed after its effect is durable. So a crash at any
 * point repeats messages and loses none. Only the replica that leads relays and takes in.
 */
@NullMarked
package dev.gantry.state.shell.kafka;

import org.jspecify.annotations.NullMarked;
