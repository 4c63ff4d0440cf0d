/**
 * An object that every namespace has from its beginning, such as the default ServiceAccount.
 *
 * <p>A namespace and what is in it in; at most one object made or corrected out.
 */
@NullMarked
package dev.gantry.controller.identity.required;

import org.jspecify.annotations.NullMarked;
