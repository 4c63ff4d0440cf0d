/**
 * What the server must know of a resource, as a value.
 *
 * <p>Each package below {@code state.kind} makes the definition of its kind; definitions of custom
 * resources are made while the server runs. Nothing elsewhere asks which kind it deals with: it
 * asks the definition. Pure; performs nothing.
 */
@NullMarked
package dev.gantry.state.definition;

import org.jspecify.annotations.NullMarked;
