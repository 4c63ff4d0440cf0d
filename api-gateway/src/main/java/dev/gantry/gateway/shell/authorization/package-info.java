/**
 * Keeps the authorizer's input current: the roles and bindings in force, as the change feed and the
 * state service tell them, and what a node's pods refer to.
 *
 * <p>Verdicts are {@link dev.gantry.authorization.Authorizer}'s; {@link PastGuard} adds that rights
 * in a namespace do not reach into a former one of the same name.
 */
@NullMarked
package dev.gantry.gateway.shell.authorization;

import org.jspecify.annotations.NullMarked;
