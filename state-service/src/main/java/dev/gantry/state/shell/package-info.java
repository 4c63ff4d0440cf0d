/**
 * The state service as a process: settings, wiring, start.
 *
 * <p>Constructor calls and lifecycles only.
 */
@NullMarked
package dev.gantry.state.shell;

import org.jspecify.annotations.NullMarked;
