/**
 * The store as one thing: log, history, change feed and ingest, started and stopped together.
 *
 * <p>Constructor calls only; what they do is in the packages beside this one.
 */
@NullMarked
package dev.gantry.state.shell.store;

import org.jspecify.annotations.NullMarked;
