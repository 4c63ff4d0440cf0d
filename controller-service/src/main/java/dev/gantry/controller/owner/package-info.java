/**
 * Who owns whom: reading, claiming and releasing by selector, and the reference itself.
 *
 * <p>Objects in, changed copies out.
 */
@NullMarked
package dev.gantry.controller.owner;

import org.jspecify.annotations.NullMarked;
