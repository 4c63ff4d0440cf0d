/**
 * When something that is due again and again is due next.
 *
 * <p>A text and a moment in, a moment out. No clock is read here.
 */
@NullMarked
package dev.gantry.model.schedule;

import org.jspecify.annotations.NullMarked;
