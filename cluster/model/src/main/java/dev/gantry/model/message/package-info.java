/**
 * What travels over Kafka: topics, keys, values, headers.
 *
 * <p>Values are JSON; consumers skip fields that they do not know.
 */
@NullMarked
package dev.gantry.model.message;

import org.jspecify.annotations.NullMarked;
