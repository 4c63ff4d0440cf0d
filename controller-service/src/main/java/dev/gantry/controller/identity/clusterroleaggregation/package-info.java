/**
 * Fills ClusterRoles that are the sum of others, such as admin, edit and view.
 *
 * <p>A role and those that its rule selects in; the role with their rules out.
 *
 * <p>Compat: pkg/controller/clusterroleaggregation of Kubernetes.
 */
@NullMarked
package dev.gantry.controller.identity.clusterroleaggregation;

import org.jspecify.annotations.NullMarked;
