/**
 * Roles and bindings: rules that name resources or URLs, and the subjects that they are given to.
 */
@NullMarked
package dev.gantry.state.strategy.rbac;

import org.jspecify.annotations.NullMarked;
