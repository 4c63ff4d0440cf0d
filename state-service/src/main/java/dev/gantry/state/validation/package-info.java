/**
 * The vocabulary of validation that kinds share: an object's field in, field errors out.
 *
 * <p>Compat: rules and sentences are those of apimachinery's {@code util/validation}, {@code
 * api/validation} and {@code apis/meta/v1/validation}. Errors come in upstream's order, where
 * upstream has one: Go visits maps at random, here they are visited by key.
 *
 * <p>Types and unknown fields are not checked here; a value of the wrong type reads as absent.
 */
@NullMarked
package dev.gantry.state.validation;

import org.jspecify.annotations.NullMarked;
