/**
 * CEL as Kubernetes speaks it: a text in, a program or what is wrong with it out. Whoever stores an
 * expression and whoever asks it understand it alike.
 *
 * <p>{@link dev.gantry.expression.DeviceExpression} is about devices; {@code CelLibrary} is what
 * Kubernetes adds to the language.
 *
 * <p>Keeps nothing of what it compiled. What asking may cost is limited, and {@code WorstCase}
 * estimates it before.
 */
@NullMarked
package dev.gantry.expression;

import org.jspecify.annotations.NullMarked;
