/**
 * Reading and setting entries of a conditions list.
 *
 * <p>A transition time moves only with the status.
 */
@NullMarked
package dev.gantry.model.condition;

import org.jspecify.annotations.NullMarked;
