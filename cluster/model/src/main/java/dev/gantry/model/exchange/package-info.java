/**
 * The seam between gateway and state service: a call in, a reply out.
 *
 * <p>Calls are authenticated and authorized; replies are whole or a stream of frames.
 */
@NullMarked
package dev.gantry.model.exchange;

import org.jspecify.annotations.NullMarked;
