/**
 * How controllers decide: a view in, a plan of actions out.
 *
 * <p>An action carries its own preconditions, so a plan can be printed, compared or refused.
 */
@NullMarked
package dev.gantry.model.plan;

import org.jspecify.annotations.NullMarked;
