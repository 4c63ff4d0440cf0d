/**
 * What a placement has to write besides the pod: volumes bound to claims, devices allocated to
 * claims.
 *
 * <p>The scheduler makes effects, the state service checks and commits them in one transaction with
 * the binding. On the way they are JSON objects, each with its name in the field {@code effect}.
 */
@NullMarked
package dev.gantry.model.effect;

import org.jspecify.annotations.NullMarked;
