/**
 * What becomes of bootstrap tokens, Secrets of the type {@code bootstrap.kubernetes.io/token} in
 * kube-system: those that are over are deleted, and with each of the others the description of the
 * cluster in {@code kube-public/cluster-info} is signed, so that a machine which only has a token
 * can tell it from a forged one.
 *
 * <p>The cache has no values of Secrets, so they are read from the API when they matter.
 *
 * <p>Compat: pkg/controller/bootstrap.
 */
@NullMarked
package dev.gantry.controller.identity.bootstraptoken;

import org.jspecify.annotations.NullMarked;
