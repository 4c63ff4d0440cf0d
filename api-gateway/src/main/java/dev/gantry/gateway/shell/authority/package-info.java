/**
 * The roles and bindings in force, as the change feed and the state service tell them.
 *
 * <p>Judges nothing; it only keeps the policy current.
 */
@NullMarked
package dev.gantry.gateway.shell.authority;

import org.jspecify.annotations.NullMarked;
