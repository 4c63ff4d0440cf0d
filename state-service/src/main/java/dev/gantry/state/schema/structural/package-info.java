/**
 * Structural schemas: how objects look whose kind is not built in.
 *
 * <p>An OpenAPI v3 schema in; pruning, defaults, validation and the structure that applies go by
 * out. Pure and immutable. Rules in CEL are compiled when they are first asked. Deliberately
 * absent: whether a schema is structural at all.
 */
@NullMarked
package dev.gantry.state.schema.structural;

import org.jspecify.annotations.NullMarked;
