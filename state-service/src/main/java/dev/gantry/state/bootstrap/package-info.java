/**
 * The objects that must exist in every cluster: its settings in, wanted objects out.
 *
 * <p>Idempotent: what is as wanted is left alone, and what people added to it is kept. Roles and
 * bindings are not here; whoever authorizes brings them.
 */
@NullMarked
package dev.gantry.state.bootstrap;

import org.jspecify.annotations.NullMarked;
