/**
 * Why a request is not done, as values, and the one place where they become a Status.
 *
 * <p>Faults of the world are exceptions and never appear here.
 */
@NullMarked
package dev.gantry.model.refusal;

import org.jspecify.annotations.NullMarked;
