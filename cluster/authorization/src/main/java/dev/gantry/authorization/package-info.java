/**
 * Whether a caller may do something: rules and subjects in, a verdict out. The gateway judges
 * requests by it, the state service what a write would grant.
 *
 * <p>Roles and bindings come as trees and are compiled once; a verdict is then a few comparisons.
 * The Node authorizer decides over a view of what a node's pods refer to. Invariants: no verdict
 * depends on the order of rules, and an absent role grants nothing.
 *
 * <p>Looks nothing up, and does not know how objects got here.
 */
@NullMarked
package dev.gantry.authorization;

import org.jspecify.annotations.NullMarked;
