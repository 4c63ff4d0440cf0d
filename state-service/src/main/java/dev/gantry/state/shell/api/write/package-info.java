/**
 * How a write is carried out: decided by the registry over what is stored, committed, and decided
 * again where somebody else was faster.
 *
 * <p>Invariant: an attempt that is not committed leaves nothing behind; what a Service was granted
 * meanwhile is given back.
 */
@NullMarked
package dev.gantry.state.shell.api.write;

import org.jspecify.annotations.NullMarked;
