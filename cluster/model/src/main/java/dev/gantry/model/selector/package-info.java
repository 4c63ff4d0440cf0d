/**
 * Label and field selectors: text or tree in, a predicate out.
 *
 * <p>Selectors never throw once parsed.
 */
@NullMarked
package dev.gantry.model.selector;

import org.jspecify.annotations.NullMarked;
