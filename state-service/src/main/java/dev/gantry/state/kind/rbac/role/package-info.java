/** Roles and ClusterRoles: rules that name resources or URLs. */
@NullMarked
package dev.gantry.state.kind.rbac.role;

import org.jspecify.annotations.NullMarked;
