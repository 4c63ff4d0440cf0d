/**
 * What is written down about a request: who asked what of which object, and with what outcome.
 *
 * <p>Compat: {@code audit.k8s.io/v1} events at level Metadata. Never a body, a header with a
 * credential, or the value of a secret.
 */
@NullMarked
package dev.gantry.gateway.audit;

import org.jspecify.annotations.NullMarked;
