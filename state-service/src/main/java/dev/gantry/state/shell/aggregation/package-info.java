/**
 * Keeps what extension servers serve and whether they answer.
 *
 * <p>Asks them over HTTPS and writes conditions through the API; what is decided is in {@code
 * aggregation}.
 */
@NullMarked
package dev.gantry.state.shell.aggregation;

import org.jspecify.annotations.NullMarked;
