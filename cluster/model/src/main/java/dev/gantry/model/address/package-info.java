/**
 * IP addresses and blocks of them, as numbers.
 *
 * <p>Texts in, values out, and back: each address has one text. Strict: what Go's sloppy parser
 * takes beyond that is the business of validation.
 */
@NullMarked
package dev.gantry.model.address;

import org.jspecify.annotations.NullMarked;
