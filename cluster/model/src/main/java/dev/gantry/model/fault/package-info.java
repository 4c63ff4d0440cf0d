/**
 * The error for a broken invariant.
 *
 * <p>Caught nowhere.
 */
@NullMarked
package dev.gantry.model.fault;

import org.jspecify.annotations.NullMarked;
