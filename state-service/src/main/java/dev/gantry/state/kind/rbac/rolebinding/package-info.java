/** RoleBindings and ClusterRoleBindings: who is given which role. */
@NullMarked
package dev.gantry.state.kind.rbac.rolebinding;

import org.jspecify.annotations.NullMarked;
