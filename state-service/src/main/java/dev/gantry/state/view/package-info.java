/**
 * Which world a request sees: the live one, or the cluster as it was.
 *
 * <p>A view answers reads only; {@link dev.gantry.state.view.View.Live} is the one that commands
 * decide over.
 */
@NullMarked
package dev.gantry.state.view;

import org.jspecify.annotations.NullMarked;
