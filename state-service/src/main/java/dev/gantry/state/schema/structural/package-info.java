/**
 * Structural schemas: how objects look whose kind is not built in.
 *
 * <p>An OpenAPI v3 schema in; pruning, defaults, validation and the structure that applies go by
 * out. Pure and immutable. Deliberately absent: whether a schema is structural at all, and rules in
 * CEL.
 */
@NullMarked
package dev.gantry.state.schema.structural;

import org.jspecify.annotations.NullMarked;
