/**
 * The shapes of the built-in API types: fields, types, list and map semantics, patch strategies.
 *
 * <p>A table of facts in, types out. Pure and immutable once read. It knows what fields there are,
 * never whether their values make sense: that is validation, in the strategies. Types of custom
 * resources are not here.
 */
@NullMarked
package dev.gantry.state.schema;

import org.jspecify.annotations.NullMarked;
