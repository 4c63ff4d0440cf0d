/**
 * The roles and bindings that every cluster starts with.
 *
 * <p>Data only: names of upstream's default roles, so that manifests which refer to them work, and
 * what the components of this platform need. A shell sees to it that they exist; an object that
 * says {@code rbac.authorization.kubernetes.io/autoupdate: "false"} is left as it is.
 */
@NullMarked
package dev.gantry.authorization.bootstrap;

import org.jspecify.annotations.NullMarked;
