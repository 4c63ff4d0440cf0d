/**
 * CEL as Kubernetes speaks it: a text in, a program or what is wrong with it out. Whoever stores an
 * expression and whoever asks it understand it alike.
 *
 * <p>{@link dev.gantry.expression.CelEnvironment} is the language about some variables, of which
 * {@link dev.gantry.expression.CelForm} says what they look like; {@link
 * dev.gantry.expression.CelFunctions} are what Kubernetes adds to it. {@link
 * dev.gantry.expression.DeviceExpression} is about devices.
 *
 * <p>Keeps nothing of what it compiled. What asking may cost is limited by a {@link
 * dev.gantry.expression.CelBudget}, and {@code WorstCase} estimates it before.
 */
@NullMarked
package dev.gantry.expression;

import org.jspecify.annotations.NullMarked;
