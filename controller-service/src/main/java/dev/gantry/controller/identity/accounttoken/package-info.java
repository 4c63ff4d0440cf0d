/**
 * Fills Secrets of type {@code kubernetes.io/service-account-token} with a token of the account
 * that they name, and deletes those whose account is gone.
 *
 * <p>The token is bound to its Secret: it ends when that is deleted.
 *
 * <p>Compat: TokensController of pkg/controller/serviceaccount. The token is one that a
 * TokenRequest gives, where upstream signs one of an older form.
 */
@NullMarked
package dev.gantry.controller.identity.accounttoken;

import org.jspecify.annotations.NullMarked;
