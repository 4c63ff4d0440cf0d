/**
 * What every namespace has from its beginning: the default ServiceAccount, and the ConfigMap with
 * the certificate that its pods trust.
 *
 * <p>A namespace and what is in it in; at most one object made or corrected out.
 */
@NullMarked
package dev.gantry.controller.identity.account;

import org.jspecify.annotations.NullMarked;
