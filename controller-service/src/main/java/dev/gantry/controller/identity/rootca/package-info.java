/**
 * The ConfigMap {@code kube-root-ca.crt} of every namespace.
 *
 * <p>Compat: pkg/controller/certificates/rootcacertpublisher of Kubernetes.
 */
@NullMarked
package dev.gantry.controller.identity.rootca;

import org.jspecify.annotations.NullMarked;
