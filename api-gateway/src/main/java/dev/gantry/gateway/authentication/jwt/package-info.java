/**
 * Tokens of OpenID Connect issuers: what an operator configures about an issuer, and the claims of
 * a token whose signature is good, in; a caller, or why there is none, out.
 *
 * <p>Compat: {@code apiserver.config.k8s.io/v1 AuthenticationConfiguration}. Where claims come from
 * expressions, these are compiled when the configuration is read, and one that is wrong refuses it.
 * Invariant: a reason is for the operator's log, never for the client.
 *
 * <p>A token may say where its groups are to be had ({@code ClaimPlace}); asking there is the
 * shell's matter.
 */
@NullMarked
package dev.gantry.gateway.authentication.jwt;

import org.jspecify.annotations.NullMarked;
