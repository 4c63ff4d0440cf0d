/**
 * The order of the cluster's state: changes in, committed revisions and events out.
 *
 * <p>Values and the contract; PostgreSQL stands behind it in the shell.
 */
@NullMarked
package dev.gantry.state.log;

import org.jspecify.annotations.NullMarked;
