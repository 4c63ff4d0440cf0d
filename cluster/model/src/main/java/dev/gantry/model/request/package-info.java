/**
 * Method and path in, what is asked out.
 *
 * <p>Looks nothing up: an unknown resource parses as well as a known one.
 */
@NullMarked
package dev.gantry.model.request;

import org.jspecify.annotations.NullMarked;
