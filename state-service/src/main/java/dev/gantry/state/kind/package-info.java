/**
 * The kinds that are built in. A package for each, below its API group: definition, strategy, rules
 * and printer side by side.
 *
 * <p>A new kind is its package, a line in {@code BuiltinKinds} and its transcript among the tests.
 */
@NullMarked
package dev.gantry.state.kind;

import org.jspecify.annotations.NullMarked;
