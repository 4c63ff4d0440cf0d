/**
 * Kinds that are defined while the server runs.
 *
 * <p>A CustomResourceDefinition in, what the server must know of its resource out. Pure. Which
 * definitions count, and since when, the shell says.
 */
@NullMarked
package dev.gantry.state.kind.custom;

import org.jspecify.annotations.NullMarked;
