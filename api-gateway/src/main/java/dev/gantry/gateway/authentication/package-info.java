/**
 * Who asks: certificates, tokens and impersonation headers in, a caller or a refusal out.
 *
 * <p>Signatures and trust are checked in the shell; here claims and names get their meaning.
 * Invariant: a credential that is present and wrong is refused, never taken for anonymous.
 */
@NullMarked
package dev.gantry.gateway.authentication;

import org.jspecify.annotations.NullMarked;
