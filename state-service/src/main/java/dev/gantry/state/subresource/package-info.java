/**
 * Forms in which parts of an object are read and written through its subresources.
 *
 * <p>An object in, the subresource's form out, and back. Pure; performs nothing.
 */
@NullMarked
package dev.gantry.state.subresource;

import org.jspecify.annotations.NullMarked;
