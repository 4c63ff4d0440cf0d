/**
 * The agent's edges towards the cluster, as interfaces: what it asks, what it reports, which events
 * it records.
 *
 * <p>The shell has them over the API and Kafka; tests have them by hand. All of them may be away
 * for as long as they like without a pod being touched.
 */
@NullMarked
package dev.gantry.agent.edge;

import org.jspecify.annotations.NullMarked;
