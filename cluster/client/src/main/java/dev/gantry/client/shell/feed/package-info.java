/**
 * The change feed: Kafka records in, change messages out, in order and once.
 *
 * <p>Keeps no objects; see the cache.
 */
@NullMarked
package dev.gantry.client.shell.feed;

import org.jspecify.annotations.NullMarked;
