/**
 * Which authorizers are asked, in which order, and what a webhook among them is asked: a
 * configuration file in, values out; a caller and an access in, a SubjectAccessReview out, and from
 * its answer a verdict.
 *
 * <p>Compat: {@code apiserver.config.k8s.io/v1 AuthorizationConfiguration}. The authorizers of the
 * platform are in {@code dev.gantry.authorization}.
 */
@NullMarked
package dev.gantry.gateway.authorization;

import org.jspecify.annotations.NullMarked;
