/**
 * The history of nodes' health in PostgreSQL, in a schema of its own.
 *
 * <p>Written behind: nobody waits for it, and while PostgreSQL is away it waits itself.
 */
@NullMarked
package dev.gantry.monitoring.shell.postgres;

import org.jspecify.annotations.NullMarked;
