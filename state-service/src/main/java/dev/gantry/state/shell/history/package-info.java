/**
 * The history in PostgreSQL, by Spring Data JPA: nothing here is on a hot path.
 *
 * <p>Reads the view {@code gantry.history}, in which a Secret's values are masked; writes nothing.
 */
@NullMarked
package dev.gantry.state.shell.history;

import org.jspecify.annotations.NullMarked;
