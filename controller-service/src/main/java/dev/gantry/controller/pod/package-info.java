/**
 * How far a pod is in its life, as controllers count it.
 *
 * <p>A pod in, a fact out.
 */
@NullMarked
package dev.gantry.controller.pod;

import org.jspecify.annotations.NullMarked;
