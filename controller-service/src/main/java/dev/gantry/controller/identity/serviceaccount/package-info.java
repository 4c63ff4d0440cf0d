/**
 * The ServiceAccount {@code default} of every namespace.
 *
 * <p>Compat: pkg/controller/serviceaccount of Kubernetes. Not here: tokens.
 */
@NullMarked
package dev.gantry.controller.identity.serviceaccount;

import org.jspecify.annotations.NullMarked;
