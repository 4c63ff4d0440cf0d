/**
 * Who takes part in admission, in which phase and order: a request in, what the phase came to out.
 */
@NullMarked
package dev.gantry.state.admission.chain;

import org.jspecify.annotations.NullMarked;
