/**
 * What is written down about a request: who asked what of which object, and with what outcome. A
 * policy and a request in, how much is written at which stage, and the entry itself, out.
 *
 * <p>Compat: {@code audit.k8s.io/v1} events and policies. Never a header with a credential, or the
 * value of a secret; never a body, where no policy asks for it.
 */
@NullMarked
package dev.gantry.gateway.audit;

import org.jspecify.annotations.NullMarked;
