/**
 * Amounts of resources, exact.
 *
 * <p>Canonical text equals upstream's.
 */
@NullMarked
package dev.gantry.model.quantity;

import org.jspecify.annotations.NullMarked;
