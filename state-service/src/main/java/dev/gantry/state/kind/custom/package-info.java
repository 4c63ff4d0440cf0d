/**
 * Kinds that are defined while the server runs.
 *
 * <p>A name and a structural schema in, a definition out. Pure.
 */
@NullMarked
package dev.gantry.state.kind.custom;

import org.jspecify.annotations.NullMarked;
