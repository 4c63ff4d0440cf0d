/** Keeps the status of admission policies: what their expressions would find wrong. */
@NullMarked
package dev.gantry.state.shell.policy;

import org.jspecify.annotations.NullMarked;
